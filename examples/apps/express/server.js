// Keeps bookmarks, in memory.
const express = require('express')

const app = express()
const bookmarks = []

app.use(express.json())
app.get('/bookmarks', (request, response) => response.json(bookmarks))
app.post('/bookmarks', (request, response) => {
  if (!request.body.url) return response.status(400).json({ error: 'url is missing' })
  bookmarks.push({ url: request.body.url })
  response.status(201).json(bookmarks.at(-1))
})

const server = app.listen(3000, () => console.log('listening on 3000'))
process.on('SIGTERM', () => server.close())
