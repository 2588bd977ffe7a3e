import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { refused } from '../../determination/request-faults.js'
import { listDecisions } from '../../ledger/list-decisions.js'
import { programmeFaults } from '../../ledger/programme-faults.js'
import { TimeBound } from '../../ledger/recalculate.js'
import { DecidedOutcome, Decision, DecisionTerms } from '../../model/decision.js'
import { Outcome } from '../../model/determination.js'
import { Problem } from '../../model/errors.js'
import { PROGRAMME_ID } from '../../model/programme.js'
import { answers, REFUSED } from '../describe.js'
import { ledgerOf } from '../find-decision.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'

const ListedDecision = Decision.omit({ determination: true, reviews: true, factsErasedAt: true })
  .extend({ outcomes: z.array(DecidedOutcome) })
  .meta({ id: 'ListedDecision', description: 'A decision in a list, without facts' })
const Decisions = z.strictObject({
  items: z.array(ListedDecision),
  next: z.string().nullable().meta({ description: 'The cursor of the next page' }),
})
const Query = z.strictObject({
  caseReference: DecisionTerms.shape.caseReference.optional(),
  programme: z.string().regex(PROGRAMME_ID).optional(),
  outcome: Outcome.optional(),
  jurisdiction: z
    .string()
    .optional()
    .meta({ description: 'Code of the city whose programmes were asked for' }),
  from: TimeBound.optional().meta({ description: 'Recorded at this day or instant or later' }),
  to: TimeBound.optional().meta({ description: 'Recorded before this day or instant' }),
  cursor: z.string().optional().meta({ description: 'next of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).optional().meta({ description: '50 by default' }),
})

/** GET /v1/decisions. */
export function decisionListRoutes(app: FastifyInstance, parts: RouteParts): void {
  const config = { scopes: ['decisions:read', 'audit'] as const }
  const schema = {
    operationId: 'listDecisions',
    tags: ['decisions'],
    summary: 'Recorded decisions, newest first',
    querystring: Query,
    response: answers('A page of decisions', Decisions, [400, ...REFUSED]),
  }
  app.get<{ Querystring: z.output<typeof Query> }>(
    '/v1/decisions',
    { schema, config },
    async (request) => {
      const { cursor, limit = 50, jurisdiction, ...asked } = request.query
      const { scopes, office } = request.caller
      const ofOffice = scopes.includes('audit') ? {} : { office: office ?? '' }
      const query = { ...asked, ...ofCity(parts, jurisdiction), ...ofOffice, limit }
      const { store } = ledgerOf(parts)
      const faults = await programmeFaults(store, parts.rulebook, query)
      if (faults.length > 0) throw refused(faults)
      const page = await listDecisions(store, query, cursor ?? null)
      await noteReading(request, { act: 'list', decisions: page.items.map(({ id }) => id) }, parts)
      return page
    },
  )
}

/** Programme ids of a city start with its slug. Throws Problem `unknown-jurisdiction`. */
function ofCity({ rulebook }: RouteParts, code: string | undefined) {
  if (code === undefined) return {}
  const city = rulebook.jurisdictions.get(code)
  if (city === undefined) throw new Problem('unknown-jurisdiction')
  return { programmesOf: city.slug }
}
