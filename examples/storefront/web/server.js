// The shop's front: a page of the catalog's products, and a way to order them.
const http = require('http')

const catalog = process.env.CATALOG_URL || 'http://catalog:8001'
const orders = process.env.ORDERS_URL || 'http://orders:8002'

function call(url, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: body ? 'POST' : 'GET', timeout: 5000 }, (response) => {
      let text = ''
      response.on('data', (part) => (text += part))
      response.on('end', () =>
        response.statusCode < 300 ? resolve(JSON.parse(text)) : reject(new Error(`${url}: ${response.statusCode} ${text}`))
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function page() {
  const products = await call(`${catalog}/products`)
  const rows = products.map((p) => `<li>${p.name}: ${(p.cents / 100).toFixed(2)}</li>`).join('')
  return `<!doctype html><title>Storefront</title><h1>Storefront</h1><ul>${rows}</ul>`
}

async function route(request, body) {
  const url = new URL(request.url, 'http://storefront')
  if (url.pathname === '/') return ['text/html', await page()]
  if (url.pathname === '/order') {
    const product = await call(`${catalog}/products/${url.searchParams.get('product')}`)
    const order = JSON.stringify({ product: product.id, quantity: Number(url.searchParams.get('quantity') || 1) })
    return ['application/json', JSON.stringify(await call(`${orders}/orders`, order))]
  }
  if (url.pathname === '/orders') return ['application/json', JSON.stringify(await call(`${orders}/orders`))]
  return null
}

http
  .createServer((request, response) => {
    route(request)
      .then((found) => {
        response.writeHead(found ? 200 : 404, { 'Content-Type': found ? found[0] : 'text/plain' })
        response.end(found ? found[1] : 'not found')
      })
      .catch((error) => {
        response.writeHead(502, { 'Content-Type': 'text/plain' })
        response.end(String(error))
      })
  })
  .listen(Number(process.env.PORT || 8080))
process.on('SIGTERM', () => process.exit(0))
