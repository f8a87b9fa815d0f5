/* The CRC-32 and the compressed size of a file. */
#include <stdio.h>
#include <zlib.h>

int main(int argc, char **argv) {
    static unsigned char text[1 << 16], small[1 << 17];
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!file) {
        fprintf(stderr, "usage: checksum FILE\n");
        return 2;
    }
    size_t length = fread(text, 1, sizeof text, file);
    uLongf size = sizeof small;
    if (compress(small, &size, text, length) != Z_OK) return 1;
    printf("%08lx %zu bytes, compressed %s\n", crc32(0, text, length), length, size < length ? "smaller" : "larger");
    return 0;
}
