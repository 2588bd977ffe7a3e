import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { CITY } from './bench-rulebook.js'
import { type Figure, figure, median } from './measure.js'
import { randomHouseholds } from './workload.js'

const PROGRAMMES = 25
const CONNECTIONS = 16
const SECONDS = 3
const ROUNDS = 3

interface Load {
  readonly perSecond: number
  readonly p99: number
}

/** POST /v1/determinations against the same answer by json-rules-engine and a bare server. */
export async function benchDeterminations(): Promise<readonly Figure[]> {
  const server = spawn(
    process.execPath,
    [fileURLToPath(new URL('http-server.js', import.meta.url))],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  try {
    return await compare(await addresses(server))
  } finally {
    server.kill()
  }
}

async function addresses(server: ChildProcess): Promise<Readonly<Record<string, string>>> {
  const [line] = await once(server.stdout as NodeJS.ReadableStream, 'data')
  const { service, limit } = JSON.parse(String(line))
  return {
    compiled: `${service}/v1/determinations`,
    engine: `${service}/by-json-rules-engine`,
    bare: limit,
  }
}

async function compare(urls: Readonly<Record<string, string>>): Promise<readonly Figure[]> {
  const body = requestBody()
  await sameAnswers(urls, body)
  const loads: Record<string, Load[]> = { engine: [], compiled: [], bare: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of Object.keys(loads)) loads[name]?.push(await load(urls[name] as string, body))
  }
  return report(loads)
}

/** A household that knows 95 % of its facts. */
function requestBody(): string {
  const [facts] = randomHouseholds(1, 0.05, 5)
  const household = { ...facts, members: [{ id: 'm1' }] }
  return JSON.stringify({ asOf: '2020-06-01', jurisdiction: CITY, household, detail: 'summary' })
}

/** Both evaluators give the same bytes, and from now on the bare server gives them too. */
async function sameAnswers(urls: Readonly<Record<string, string>>, body: string): Promise<void> {
  const answers = [urls.compiled, urls.engine].map(async (url) => {
    const response = await fetch(url as string, { method: 'POST', body, headers })
    return response.text()
  })
  const [compiled, engine] = (await Promise.all(answers)) as [string, string]
  if (compiled !== engine || JSON.parse(compiled).determinations?.length !== PROGRAMMES) {
    throw new Error(`not the answers that were to be compared: ${compiled.slice(0, 300)}`)
  }
  const kept = { method: 'PUT', body: compiled, headers }
  if (!(await fetch(urls.bare as string, kept)).ok) throw new Error('the bare server failed')
}

const headers = { 'content-type': 'application/json' }

async function load(url: string, body: string): Promise<Load> {
  const options = { url, method: 'POST', body, headers, connections: CONNECTIONS } as const
  await autocannon({ ...options, duration: 1 })
  const { requests, latency, errors, non2xx } = await autocannon({ ...options, duration: SECONDS })
  if (errors + non2xx > 0) throw new Error(`${url}: ${errors + non2xx} failed`)
  return { perSecond: requests.average, p99: latency.p99 }
}

function report(loads: Readonly<Record<string, readonly Load[]>>): readonly Figure[] {
  const all = (name: string, key: keyof Load) => (loads[name] ?? []).map((one) => one[key])
  const ratio = (over: string, under: string, key: keyof Load) =>
    median(all(over, key).map((value, round) => value / (all(under, key)[round] ?? 0)))
  for (const name of Object.keys(loads)) {
    const [perSecond, p99] = [median(all(name, 'perSecond')), median(all(name, 'p99'))]
    console.log(`determinations, ${name}: ${perSecond.toFixed(0)} a second, p99 ${p99} ms`)
  }
  return [
    figure(
      'determinations: faster than by json-rules-engine',
      ratio('compiled', 'engine', 'perSecond'),
      'times',
      { atLeast: 4.5 },
    ),
    figure(
      'determinations: p99 against json-rules-engine',
      ratio('compiled', 'engine', 'p99'),
      'of its time',
      { atMost: 1 / 3 },
    ),
    figure(
      'determinations: of what a bare server does',
      ratio('compiled', 'bare', 'perSecond'),
      'of its rate',
      { atLeast: 0.35 },
    ),
  ]
}
