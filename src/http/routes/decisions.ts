import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { determinationRequestSchema } from '../../determination/determination-request.js'
import { eraseFacts } from '../../ledger/erase-facts.js'
import { listDecisions } from '../../ledger/list-decisions.js'
import { readDecision } from '../../ledger/read-decision.js'
import { TimeBound } from '../../ledger/recalculate.js'
import { type Recorded, recordDecision, type Submission } from '../../ledger/record-decision.js'
import { DecidedOutcome, Decision, DecisionTerms } from '../../model/decision.js'
import { Outcome } from '../../model/determination.js'
import { Problem } from '../../model/errors.js'
import { PROGRAMME_ID } from '../../model/programme.js'
import type { Scope } from '../access/caller.js'
import { acceptLanguage, answers, answersAs, REFUSED } from '../describe.js'
import { negotiateLanguage } from '../negotiate-language.js'
import type { RouteParts } from '../parts.js'
import { takeTurns } from '../take-turns.js'
import { DecisionParams, findsDecision, ledgerOf, noteReading } from './stored-decision.js'

const READ: readonly Scope[] = ['decisions:read', 'audit']
const MOST_WAITING = 128

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
  from: TimeBound.optional().meta({ description: 'Recorded at this day or instant or later' }),
  to: TimeBound.optional().meta({ description: 'Recorded before this day or instant' }),
  cursor: z.string().optional().meta({ description: 'next of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).optional().meta({ description: '50 by default' }),
})

/** POST and GET /v1/decisions, GET /v1/decisions/{id}, DELETE /v1/decisions/{id}/facts. */
export function decisionRoutes(app: FastifyInstance, parts: RouteParts): void {
  recordRoute(app, parts)
  readRoutes(app, parts)
  eraseRoute(app, parts)
}

function recordRoute(app: FastifyInstance, parts: RouteParts): void {
  const { rulebook, clock } = parts
  const asked = determinationRequestSchema(rulebook)
  const json = { 'application/json': { schema: Decision } }
  const schema = {
    operationId: 'recordDecision',
    tags: ['decisions'],
    summary: 'Determine and record; in full, whatever detail and include say',
    headers: acceptLanguage.extend({
      'idempotency-key': z.string().min(1).max(128).meta({
        description: 'Of your own making; the same key and body give the same decision',
      }),
    }),
    body: asked
      .extend({ ...DecisionTerms.shape, programmes: z.array(z.string()).min(1) })
      .meta({ id: 'DecisionRequest', description: 'A determination to record, and for what case' }),
    response: answersAs(
      {
        201: { description: 'Recorded now', content: json },
        200: { description: 'The same request was recorded before', content: json },
      },
      [400, 410, 413, 415, 422, 500, ...REFUSED],
    ),
  }
  const turn = takeTurns(MOST_WAITING)
  const config = { scopes: ['decisions:write'] as const }
  app.post('/v1/decisions', { schema, config }, async (request, reply) => {
    const { caller, body, headers } = request
    if (caller.office === null) throw new Problem('forbidden')
    const submission = {
      json: body,
      idempotencyKey: keyOf(headers['idempotency-key']),
      actor: caller.actor,
      office: caller.office,
      language: negotiateLanguage(headers['accept-language']),
    }
    const recorded = await turn(() => record(parts, submission, clock()))
    void reply.code(recorded.repeated ? 200 : 201)
    return recorded.decision
  })
}

/** Records and counts; a disagreement of the engines is an alarm. */
async function record(parts: RouteParts, submission: Submission, now: Date): Promise<Recorded> {
  const { rulebook, metrics } = parts
  try {
    const recorded = await recordDecision(ledgerOf(parts), rulebook, submission, now)
    metrics.decisions.inc({ repeated: String(recorded.repeated) })
    return recorded
  } catch (error) {
    if (error instanceof Problem && error.code === 'engines-disagree') metrics.disagreements.inc()
    throw error
  }
}

function keyOf(header: string | string[] | undefined): string {
  if (typeof header === 'string' && header.length >= 1 && header.length <= 128) return header
  const message = { zh: '需要 1 至 128 个字符', en: 'of 1 to 128 characters is needed' }
  throw new Problem('invalid-request', undefined, [
    {
      pointer: '/Idempotency-Key',
      code: header === undefined ? 'required' : 'wrong-form',
      message,
    },
  ])
}

function readRoutes(app: FastifyInstance, parts: RouteParts): void {
  const one = {
    operationId: 'getDecision',
    tags: ['decisions'],
    summary: 'A recorded decision with its reviews',
    params: DecisionParams,
    response: answers('The decision as it was given', Decision, [404, ...REFUSED]),
  }
  const config = { scopes: READ }
  const onRequest = findsDecision(app, parts, 'audit')
  app.get('/v1/decisions/:id', { schema: one, config, onRequest }, async (request) => {
    await noteReading(request, { act: 'read', decisions: [request.decision.id] }, parts)
    return readDecision(ledgerOf(parts).store, request.decision)
  })
  const list = {
    operationId: 'listDecisions',
    tags: ['decisions'],
    summary: 'Recorded decisions, newest first',
    querystring: Query,
    response: answers('A page of decisions', Decisions, [400, ...REFUSED]),
  }
  app.get<{ Querystring: z.output<typeof Query> }>(
    '/v1/decisions',
    { schema: list, config },
    async (request) => {
      const { cursor, limit = 50, ...asked } = request.query
      const { scopes, office } = request.caller
      const ofOffice = scopes.includes('audit') ? {} : { office: office ?? '' }
      const query = { ...asked, ...ofOffice, limit }
      const page = await listDecisions(ledgerOf(parts).store, query, cursor ?? null)
      await noteReading(request, { act: 'list', decisions: page.items.map(({ id }) => id) }, parts)
      return page
    },
  )
}

function eraseRoute(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'eraseFacts',
    tags: ['decisions'],
    summary: 'Erase the facts of a decision for good; the log still verifies',
    params: DecisionParams,
    response: answersAs({ 204: { description: 'They are gone' } }, [404, ...REFUSED]),
  }
  const config = { scopes: ['privacy'] as const, mayBeEmpty: true }
  const onRequest = findsDecision(app, parts, 'privacy')
  app.delete('/v1/decisions/:id/facts', { schema, config, onRequest }, async (request, reply) => {
    await eraseFacts(ledgerOf(parts), request.decision, request.caller, parts.clock())
    return reply.code(204).send()
  })
}
