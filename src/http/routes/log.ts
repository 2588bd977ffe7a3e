import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { fault } from '../../determination/request-faults.js'
import { entryLine } from '../../ledger/export-ledger.js'
import { issueCheckpoint } from '../../ledger/issue-checkpoint.js'
import { proveConsistency, proveInclusion } from '../../ledger/prove.js'
import { Problem } from '../../model/errors.js'
import { answers, answersAs, REFUSED } from '../describe.js'
import { ledgerOf } from '../find-decision.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'

const MOST_ENTRIES = 1_000
const hash = z.string().meta({ description: 'SHA-256 in base64' })
const size = z.coerce.number().int().min(0).max(2_147_483_647)

const PublicKey = z.strictObject({
  keyId: z.string(),
  verifier: z.string().meta({ description: 'C2SP verifier line: <origin>+<key id>+<key>' }),
  since: z.string(),
  retiredAt: z.string().nullable(),
})
const PublicKeys = z.strictObject({ origin: z.string(), keys: z.array(PublicKey) })
const Entry = z
  .strictObject({
    kind: z.literal('entry'),
    leafIndex: z.int(),
    id: z.string(),
    leafHash: hash,
    body: z.string().meta({ description: 'The exact text that was hashed (RFC 8785)' }),
    columns: z.strictObject({
      kind: z.enum(['decision', 'review', 'erasure']),
      recordedAt: z.string(),
      office: z.string().nullable(),
      caseReference: z.string().nullable(),
      decision: z.string().nullable(),
      outcomes: z.array(z.string()).meta({ description: 'Of a decision: <programme> <outcome>' }),
    }),
  })
  .meta({ id: 'LogEntry', description: 'An entry of the log, without facts' })
const Entries = z.strictObject({ entries: z.array(Entry), size: z.int() })
const Inclusion = z
  .strictObject({
    leafIndex: z.int(),
    treeSize: z.int(),
    leafHash: hash,
    hashes: z.array(hash),
  })
  .meta({ id: 'InclusionProof', description: 'RFC 6962, 2.1.1' })
const Consistency = z
  .strictObject({ from: z.int(), to: z.int(), hashes: z.array(hash) })
  .meta({ id: 'ConsistencyProof', description: 'RFC 6962, 2.1.2' })
const Deliveries = z.strictObject({
  deliveries: z.array(
    z.strictObject({ size: z.int(), place: z.string(), deliveredAt: z.string() }),
  ),
})
const Span = z.strictObject({
  from: size.meta({ description: 'First place' }),
  to: size.meta({ description: `Before this place; at most ${MOST_ENTRIES} entries at once` }),
})
const Sizes = z.strictObject({
  from: size.meta({ description: 'Size of the earlier log' }),
  to: size.meta({ description: 'Size of the later log' }),
})

const tags = ['log']
const config = { scopes: ['audit'] as const }

/** /v1/log: what an auditor needs to prove that nothing was altered, removed or reordered. */
export function logRoutes(app: FastifyInstance, parts: RouteParts): void {
  checkpointRoutes(app, parts)
  entryRoute(app, parts)
  proofRoutes(app, parts)
}

function checkpointRoutes(app: FastifyInstance, parts: RouteParts): void {
  const text = { 'text/plain': { schema: z.string() } }
  const checkpoint = {
    operationId: 'getCheckpoint',
    tags,
    summary:
      'The newest signed checkpoint (C2SP tlog-checkpoint); Last-Modified: when it was signed',
    response: answersAs({ 200: { description: 'A signed note', content: text } }, REFUSED),
  }
  app.get('/v1/log/checkpoint', { schema: checkpoint, config }, async (_request, reply) => {
    const { note, issuedAt } = await issueCheckpoint(ledgerOf(parts), parts.clock())
    void reply.header('last-modified', new Date(issuedAt).toUTCString())
    void reply.type('text/plain; charset=utf-8')
    return note
  })
  const keys = {
    operationId: 'listPublicKeys',
    tags,
    summary: 'The keys that receipts and checkpoints are signed with, retired ones too',
    response: answers('The keys', PublicKeys, REFUSED),
  }
  app.get('/v1/log/public-keys', { schema: keys, config }, async () => {
    const { store } = ledgerOf(parts)
    return { origin: await store.origin(), keys: await store.keys() }
  })
  const deliveries = {
    operationId: 'listDeliveries',
    tags,
    summary: 'When checkpoints were taken outside, and where to, newest first',
    response: answers('The deliveries', Deliveries, REFUSED),
  }
  app.get('/v1/log/deliveries', { schema: deliveries, config }, async () => ({
    deliveries: await ledgerOf(parts).store.deliveries(),
  }))
}

function entryRoute(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'listLogEntries',
    tags,
    summary: 'Entries of the log in their order',
    querystring: Span,
    response: answers('The entries', Entries, [400, ...REFUSED]),
  }
  app.get<{ Querystring: z.output<typeof Span> }>(
    '/v1/log/entries',
    { schema, config },
    async (request) => {
      const { from, to } = request.query
      if (to < from || to - from > MOST_ENTRIES) throw outOfRange('/to')
      const { store } = ledgerOf(parts)
      await noteReading(request, { act: 'entries' }, parts)
      const logged = await store.logged(from, to)
      return { entries: logged.map(entryLine), size: await store.size() }
    },
  )
}

function proofRoutes(app: FastifyInstance, parts: RouteParts): void {
  const Params = z.strictObject({ id: z.string().meta({ description: 'Id of an entry' }) })
  const AtSize = z.strictObject({
    treeSize: size
      .optional()
      .meta({ description: 'Of the log it stands in; of the newest checkpoint' }),
  })
  const inclusion = {
    operationId: 'proveInclusion',
    tags,
    summary: 'The proof that an entry stands in the log',
    params: Params,
    querystring: AtSize,
    response: answers('The audit path', Inclusion, [400, 404, ...REFUSED]),
  }
  app.get<{ Params: { id: string }; Querystring: z.output<typeof AtSize> }>(
    '/v1/log/proofs/inclusion/:id',
    { schema: inclusion, config },
    async ({ params, query }) => {
      const ledger = ledgerOf(parts)
      const entry = await ledger.store.entry(params.id)
      if (entry === null) throw new Problem('not-found')
      const treeSize = query.treeSize ?? (await issueCheckpoint(ledger, parts.clock())).size
      const proof = await proveInclusion(ledger.store, entry, treeSize)
      if (proof === null) throw outOfRange('/treeSize')
      return proof
    },
  )
  const consistency = {
    operationId: 'proveConsistency',
    tags,
    summary: 'The proof that an earlier log is the beginning of a later one',
    querystring: Sizes,
    response: answers('The proof', Consistency, [400, ...REFUSED]),
  }
  app.get<{ Querystring: z.output<typeof Sizes> }>(
    '/v1/log/proofs/consistency',
    { schema: consistency, config },
    async ({ query: { from, to } }) => {
      const { store } = ledgerOf(parts)
      if (from > to) throw outOfRange('/from')
      if (to > (await store.size())) throw outOfRange('/to')
      return { from, to, hashes: await proveConsistency(store, from, to) }
    },
  )
}

function outOfRange(pointer: string): Problem {
  return new Problem('invalid-request', undefined, [fault(pointer, 'out-of-range')])
}
