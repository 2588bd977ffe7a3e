import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { listReadings } from '../../ledger/readings.js'
import { TimeBound } from '../../ledger/recalculate.js'
import { READING_ACTS } from '../../ledger/stores/store.js'
import { answers, REFUSED } from '../describe.js'
import { ledgerOf } from '../find-decision.js'
import type { RouteParts } from '../parts.js'

const Reading = z
  .strictObject({
    id: z.string(),
    readAt: z.string().meta({ description: 'Instant in UTC with milliseconds' }),
    actor: z.string(),
    office: z.string().nullable(),
    act: z.enum(READING_ACTS),
    decision: z
      .string()
      .nullable()
      .meta({ description: 'Null: many decisions at once, or a screening' }),
  })
  .meta({ id: 'Reading', description: 'That somebody saw a decision; nothing of what was seen' })
const Readings = z.strictObject({
  items: z.array(Reading),
  next: z.string().nullable().meta({ description: 'The cursor of the next page' }),
})
const Query = z.strictObject({
  decision: z.string().optional().meta({ description: 'Decision id' }),
  actor: z.string().optional(),
  from: TimeBound.optional().meta({ description: 'Read at this day or instant or later' }),
  to: TimeBound.optional().meta({ description: 'Read before this day or instant' }),
  cursor: z.string().optional().meta({ description: 'next of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).optional().meta({ description: '50 by default' }),
})

/** GET /v1/readings: who saw which decision, and when. */
export function readingRoutes(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'listReadings',
    tags: ['decisions'],
    summary: 'Who saw which decision, newest first',
    querystring: Query,
    response: answers('A page of readings', Readings, [400, ...REFUSED]),
  }
  const config = { scopes: ['audit'] as const }
  app.get<{ Querystring: z.output<typeof Query> }>(
    '/v1/readings',
    { schema, config },
    async ({ query: { cursor, limit = 50, ...asked } }) =>
      listReadings(ledgerOf(parts).store, { ...asked, limit }, cursor ?? null),
  )
}
