import { setTimeout as wait } from 'node:timers/promises'
import { type Test, test } from 'tap'
import { listen, request, send, serve } from '../support/listen.js'

const body = JSON.stringify(request)
const head = [
  'POST /v1/determinations HTTP/1.1',
  'Host: huimin.example',
  'Content-Type: application/json',
  `Content-Length: ${Buffer.byteLength(body)}`,
].join('\r\n')

/** The raw answer is a problem of this status and code, and the service still works. */
async function isProblem(t: Test, port: number, answer: string, status: number, code: string) {
  const [top = '', content = ''] = answer.split('\r\n\r\n')
  t.match(top, new RegExp(`^HTTP/1\\.1 ${status} `))
  t.match(top, /content-type: application\/problem\+json(\r|$)/i)
  t.match(top, /connection: close/i)
  t.match(JSON.parse(content), { status, code, type: `urn:huimin:problem:${code}` })
  const next = await fetch(`http://127.0.0.1:${port}/healthz`)
  t.equal(next.status, 200, 'the next client is served')
}

test('a client that never ends its body is let go with 408', async (t) => {
  const port = await listen(t)
  const from = Date.now()
  const answer = await send(port, `${head}\r\n\r\n${body.slice(0, 20)}`)
  await isProblem(t, port, answer, 408, 'request-timeout')
  t.ok(Date.now() - from < 8_000, 'within 8 seconds')
})

test('a client that sends its headers drop by drop is let go with 408', async (t) => {
  const port = await listen(t)
  const answer = await send(port, 'GET /v1/facts HTTP/1.1\r\nHost: a\r\n', (socket) => {
    const drops = setInterval(() => socket.write('X-Drop: 1\r\n'), 500)
    socket.on('close', () => clearInterval(drops))
  })
  await isProblem(t, port, answer, 408, 'request-timeout')
})

test('headers that are too large are refused with 431', async (t) => {
  const port = await listen(t)
  const large = `GET /healthz HTTP/1.1\r\nHost: a\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`
  await isProblem(t, port, await send(port, large), 431, 'headers-too-large')
  const address = `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`
  await isProblem(t, port, await send(port, address), 431, 'headers-too-large')
  const drops = Array.from({ length: 900 }, (_, index) => `a${index}: b\r\n`).join('')
  const flood = `GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${drops}\r\n`
  await isProblem(t, port, await send(port, flood), 431, 'headers-too-large')
})

test('what is not HTTP, or can be read in two ways, is refused with 400', async (t) => {
  const port = await listen(t)
  await isProblem(t, port, await send(port, 'hello\r\n\r\n'), 400, 'invalid-request')
  const smuggled = `${head}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`
  await isProblem(t, port, await send(port, smuggled), 400, 'invalid-request')
})

test('a client that goes away in the middle does no harm', async (t) => {
  const port = await listen(t)
  for (const part of ['GET /v1/fa', `${head}\r\n\r\n${body.slice(0, 20)}`]) {
    await send(port, part, (socket) => {
      setTimeout(() => socket.resetAndDestroy(), 50)
    })
  }
  await wait(50)
  const next = await fetch(`http://127.0.0.1:${port}/healthz`)
  t.equal(next.status, 200)
})

test('a client is silent while it is to send something, not while an answer is made', async (t) => {
  const app = await serve(t)
  const seen: (number | undefined)[] = []
  app.get('/slow', async ({ raw }) => seen.push(raw.socket.timeout))
  app.addHook('onSend', async ({ raw }) => {
    seen.push(raw.socket.timeout)
  })
  await fetch(`${await app.listen({ port: 0, host: '127.0.0.1' })}/slow`)
  t.strictSame(seen, [0, 15_000])
})

test('a body larger than allowed is refused although it is still being sent', async (t) => {
  const port = await listen(t)
  const headers = { 'content-type': 'application/json' }
  const large = { method: 'POST', headers, body: '['.repeat(5_000_000) }
  const answer = await fetch(`http://127.0.0.1:${port}/v1/determinations`, large)
  t.equal(answer.status, 413)
  t.match(await answer.json(), { code: 'body-too-large' })
})
