import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t, { test } from 'tap'
import { request } from '../support/listen.js'
import { withoutRandom } from '../support/without-random.js'

// Each test starts the whole service, on machines that do other things as well.
t.setTimeout(300_000)

const SERVER = fileURLToPath(new URL('../../dist/http/server.js', import.meta.url))
const READY = /http:\/\/127\.0\.0\.1:(\d+)/

type Teardown = { teardown(end: () => unknown): unknown }

function start(t: Teardown, env: Record<string, string>): ChildProcess {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const child = spawn(process.execPath, [SERVER], {
    env: { ...process.env, DATA_DIR: folder, ...env },
  })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

interface Running {
  readonly child: ChildProcess
  readonly port: number
  /** All that it has logged so far. */
  readonly log: () => string
}

/** Starts the built service and waits for its port. */
function running(t: Teardown, env: Record<string, string> = {}): Promise<Running> {
  const child = start(t, { PORT: '0', ...env })
  let log = ''
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error('the service ended before it listened')))
    child.stderr?.setEncoding('utf8').on('data', (chunk) => {
      log += chunk
    })
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      log += chunk
      const port = Number(READY.exec(log)?.[1])
      if (port > 0) resolve({ child, port, log: () => log })
    })
  })
}

test('a bad setting stops the start with one line that names it', async (t) => {
  const child = start(t, { PORT: 'secret' })
  const [line, [code]] = await Promise.all([text(child.stderr as never), once(child, 'close')])
  t.equal(line, 'PORT must be a port, 0 to 65535\n')
  t.equal(code, 1)
})

test('a port that is taken stops the start with one line', async (t) => {
  const { port } = await running(t)
  const child = start(t, { PORT: String(port) })
  const [line, [code]] = await Promise.all([text(child.stderr as never), once(child, 'close')])
  t.match(line, /^HOST and PORT: listen EADDRINUSE[^\n]* 127\.0\.0\.1:\d+\n$/)
  t.equal(code, 1)
})

test('told to end, it answers what is in flight and leaves within 3 seconds', async (t) => {
  const { child, port } = await running(t)
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  await new Promise((resolve) =>
    get({ port, agent, path: '/healthz' }, (answer) => answer.resume().on('end', resolve)),
  )
  const unused = connect(port, '127.0.0.1').on('error', () => {})
  const body = JSON.stringify(request)
  const asking = connect(port, '127.0.0.1')
  const head = `POST /v1/determinations HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`
  asking.write(`${head}\r\n\r\n${body.slice(0, 30)}`)
  await Promise.all([once(unused, 'connect'), new Promise((resolve) => setTimeout(resolve, 300))])

  const from = Date.now()
  child.kill('SIGTERM')
  setTimeout(() => asking.write(body.slice(30)), 500)
  const [answer, [code, signal]] = await Promise.all([text(asking), once(child, 'exit')])
  t.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
  t.match(answer, /\r\nconnection: close\r\n/i)
  t.match(answer, /"outcome":"eligible"/)
  t.strictSame([code, signal], [0, null])
  t.ok(Date.now() - from < 3_000, `${Date.now() - from} ms`)
})

test('its log holds no fact, query or address', async (t) => {
  const { child, port, log } = await running(t)
  const headers = { 'content-type': 'application/json' }
  const options = { method: 'POST', headers, body: JSON.stringify(request) }
  await fetch(`http://127.0.0.1:${port}/v1/determinations?secret=31337`, options)
  await fetch(`http://127.0.0.1:${port}/v1/none/31337`)
  child.kill('SIGINT')
  await once(child, 'close')
  const lines = log()
    .split('\n')
    .filter((line) => line.includes('"req'))
  t.match(lines.join(''), /"route":"\/v1\/determinations"/)
  t.notMatch(withoutRandom(lines.join('')), /31337|2100|1950-05-01|remoteAddress|127\.0\.0\.1/)
})

test('nothing it writes holds a fact, a case, a reason or a key, whatever goes wrong', async (t) => {
  const keys = { HUIMIN_KEY_CASEWORKER: 'c'.repeat(40), HUIMIN_KEY_PRIVACY: 'p'.repeat(40) }
  const { child, port, log } = await running(t, { ...keys, LOG_LEVEL: 'trace' })
  const marked = {
    ...request,
    caseReference: 'MARKER-case',
    purpose: 'MARKER purpose',
    legalBasis: 'MARKER basis',
    household: {
      ...request.household,
      monthlyIncomeTotal: 7654.32,
      members: [{ id: 'MARKER-member', dateOfBirth: '1951-02-03' }],
    },
  }
  let seen = ''
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    key = keys.HUIMIN_KEY_CASEWORKER,
  ) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': 'MARKER-key',
    }
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const said = await answer.text()
    if (!answer.ok) seen += said
    return said
  }
  const { id } = JSON.parse(await ask('POST', '/v1/decisions', marked))
  const review = {
    programme: 'dongguan/minimum-living',
    subject: { kind: 'household' },
    outcome: 'eligible',
    reason: 'MARKER reason',
  }
  await ask('POST', `/v1/decisions/${id}/reviews`, review)
  await ask('POST', `/v1/decisions/${id}/replays`, {})
  await ask('GET', '/v1/decisions?caseReference=MARKER-case')
  await ask('POST', '/v1/decisions', { ...marked, purpose: 'MARKER other' })
  await ask('POST', '/v1/decisions', {
    ...marked,
    household: { ...marked.household, monthlyIncomeTotal: 'MARKER-income', MARKER: 1 },
  })
  await ask('POST', `/v1/decisions/${id}/reviews`, { ...review, programme: 'MARKER' })
  await ask('GET', '/v1/decisions?cursor=MARKER&outcome=MARKER')
  await ask('GET', '/v1/decisions/MARKER', undefined, 'MARKER-token-MARKER-token-MARKER-token')
  await ask('DELETE', `/v1/decisions/${id}/facts`, undefined, keys.HUIMIN_KEY_PRIVACY)
  await ask('POST', '/v1/decisions', marked)
  seen += await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  child.kill('SIGINT')
  await once(child, 'close')
  t.match(log(), /decision read/)
  // An unknown fact is named at its pointer: the name is the sender's, and no value.
  const written = (log() + seen).replaceAll('"pointer":"/household/MARKER"', '')
  t.notMatch(written, /MARKER|7654\.32|1951-02-03|cccc|pppp/)
})
