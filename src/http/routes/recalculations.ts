import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { refused } from '../../determination/request-faults.js'
import { programmeFaults } from '../../ledger/programme-faults.js'
import {
  parseRecalculationTerms,
  RecalculationLine,
  RecalculationTerms,
  recalculate,
} from '../../ledger/recalculate.js'
import { answersAs, REFUSED } from '../describe.js'
import { ledgerOf } from '../find-decision.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'

/** POST /v1/recalculations: every decision that would come out otherwise, as NDJSON. */
export function recalculationRoutes(app: FastifyInstance, parts: RouteParts): void {
  const content = { 'application/x-ndjson': { schema: RecalculationLine } }
  const schema = {
    operationId: 'recalculate',
    tags: ['decisions'],
    summary: 'The decisions whose outcome or amount changes, line by line; the last is a summary',
    body: RecalculationTerms,
    response: answersAs({ 200: { description: 'The worklist', content } }, [
      ...[400, 413, 415, ...REFUSED],
    ]),
  }
  const config = { scopes: ['audit'] as const, mayBeEmpty: true }
  app.post('/v1/recalculations', { schema, config }, async (request, reply) => {
    const now = parts.clock()
    const terms = parseRecalculationTerms(request.body, now)
    const { store } = ledgerOf(parts)
    const faults = await programmeFaults(store, parts.rulebook, terms)
    if (faults.length > 0) throw refused(faults)
    await noteReading(request, { act: 'recalculate' }, parts)
    const lines = recalculate({ store, rulebook: parts.rulebook, terms, now })
    void reply.type('application/x-ndjson')
    return reply.send(Readable.from(asText(lines)))
  })
}

async function* asText(lines: AsyncIterable<RecalculationLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
}
