/// What an image holds: the packages of distributions and languages, read from its files as they stream by.
@NullMarked
package dev.cairn.scan.inventory;

import org.jspecify.annotations.NullMarked;
