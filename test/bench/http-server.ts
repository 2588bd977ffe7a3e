// One process that serves the three routes the benchmark compares; prints its address.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { parseDeterminationRequest } from '../../src/determination/determination-request.js'
import { explain } from '../../src/determination/determine.js'
import { prepare } from '../../src/determination/prepare.js'
import { NO_MEMBER } from '../../src/engine/fact-values.js'
import { buildApp } from '../../src/http/app.js'
import { takeTurns } from '../../src/http/take-turns.js'
import { KNOWN_WITH_DRAFTS } from '../../src/rulebook/survive.js'
import { readLeavesWithJsonRulesEngine } from '../support/read-leaves-with-json-rules-engine.js'
import { benchRulebook } from './bench-rulebook.js'

const folder = mkdtempSync(join(tmpdir(), 'huimin-bench-'))
const rulebook = benchRulebook(folder)
rmSync(folder, { recursive: true })

// The programmes are drafts: a rulebook of a benchmark is not published.
const clock = () => new Date(KNOWN_WITH_DRAFTS)
const settings = { RATE_LIMIT: 999_999_999, LOG_LEVEL: 'silent' } as const
const app = await buildApp({ rulebook, clock, settings })

/** The same route and answer with every leaf and node read by json-rules-engine. */
const turn = takeTurns()
app.post('/by-json-rules-engine', async ({ body, raw }, reply) => {
  const answer = await turn(raw, () => answerByJsonRulesEngine(body))
  void reply.header('cache-control', 'no-store').type('application/json; charset=utf-8')
  return JSON.stringify(answer)
})

async function answerByJsonRulesEngine(body: unknown) {
  const request = parseDeterminationRequest(rulebook, body, clock())
  const preparation = prepare(rulebook, request)
  const { program, versions } = preparation.selection.plan.household
  const conditions = versions.map(({ version }) => version.rule.conditions)
  const { facts } = preparation
  const household = await readLeavesWithJsonRulesEngine(program, conditions, facts, NO_MEMBER)
  const members = request.household.members.map(() => new Uint8Array())
  return explain(preparation, { household, members }, 'zh')
}

/** What a server can do at best: the body parsed, the same bytes sent. */
const bare = fastify()
let bytes = ''
bare.post('/', async (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes))
bare.put('/', { bodyLimit: 10_000_000 }, async ({ body }) => {
  bytes = JSON.stringify(body)
  return {}
})

const [service, limit] = [await app.listen({ port: 0 }), await bare.listen({ port: 0 })]
process.stdout.write(`${JSON.stringify({ service, limit })}\n`)
