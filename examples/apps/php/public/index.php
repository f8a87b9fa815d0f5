<?php

require __DIR__ . '/../vendor/autoload.php';

$text = ltrim(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), '/');
if (!ctype_digit($text)) {
    http_response_code(400);
    echo "not a number\n";
    return;
}
echo Example\Numerals\Roman::of((int) $text), "\n";
