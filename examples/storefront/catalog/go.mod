module storefront/catalog

go 1.19
