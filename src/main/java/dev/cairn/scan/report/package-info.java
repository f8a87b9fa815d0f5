/// Findings for people and for machines: table, JSON, SARIF, CycloneDX, OpenVEX, csv, xlsx and HTML.
@NullMarked
package dev.cairn.scan.report;

import org.jspecify.annotations.NullMarked;
