package dev.cairn.migrate.split;

import java.util.ArrayDeque;
import java.util.Deque;

/// Paths in an image, and names of images.
final class Places {
    private Places() {}

    /// A path as seen from a folder: absolute, without `.` and `..`; empty where either is not known.
    static String resolve(String folder, String path) {
        if (path.isEmpty() || (folder.isEmpty() && !path.startsWith("/")) || path.indexOf('$') >= 0) {
            return "";
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : (path.startsWith("/") ? path : folder + "/" + path).split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /// Whether a path is a folder or lies within it.
    static boolean isWithin(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder.equals("/") ? "/" : folder + "/");
    }

    /// The last name of a path.
    static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The folder that a path is in.
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /// The last component of an image's repository: `python` of `registry:5000/my.co/python:3.13-dev@sha256:…`.
    static String imageName(String image) {
        String repository = repository(image);
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    /// An image without tag and digest.
    static String repository(String image) {
        String name = image.indexOf('@') < 0 ? image : image.substring(0, image.indexOf('@'));
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    /// An image's tag; empty where it has none.
    static String tag(String image) {
        String name = image.indexOf('@') < 0 ? image : image.substring(0, image.indexOf('@'));
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : "";
    }
}
