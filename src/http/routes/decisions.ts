import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { determinationRequestSchema } from '../../determination/determination-request.js'
import { readDecision } from '../../ledger/read-decision.js'
import { type Recorded, recordDecision, type Submission } from '../../ledger/record-decision.js'
import { Decision, DecisionTerms } from '../../model/decision.js'
import { Problem } from '../../model/errors.js'
import { acceptLanguage, answers, answersAs, REFUSED } from '../describe.js'
import { DecisionParams, findsDecision, ledgerOf } from '../find-decision.js'
import { negotiateLanguage } from '../negotiate-language.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'
import { takeTurns } from '../take-turns.js'

/** POST /v1/decisions, GET /v1/decisions/{id}. */
export function decisionRoutes(app: FastifyInstance, parts: RouteParts): void {
  recordRoute(app, parts)
  readRoute(app, parts)
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
      [400, 404, 410, 413, 415, 422, 500, ...REFUSED],
    ),
  }
  const turn = takeTurns()
  const config = { scopes: ['decisions:write'] as const }
  app.post('/v1/decisions', { schema, config }, async (request, reply) => {
    const { caller, body, headers, raw } = request
    if (caller.office === null) throw new Problem('forbidden')
    const submission = {
      json: body,
      idempotencyKey: keyOf(headers['idempotency-key']),
      actor: caller.actor,
      office: caller.office,
      language: negotiateLanguage(headers['accept-language']),
    }
    const recorded = await turn(raw, () => record(parts, submission, clock()))
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

function readRoute(app: FastifyInstance, parts: RouteParts): void {
  const one = {
    operationId: 'getDecision',
    tags: ['decisions'],
    summary: 'A recorded decision with its reviews',
    params: DecisionParams,
    response: answers('The decision as it was given', Decision, [404, ...REFUSED]),
  }
  const config = { scopes: ['decisions:read', 'audit'] as const }
  const onRequest = findsDecision(app, parts, 'audit')
  app.get('/v1/decisions/:id', { schema: one, config, onRequest }, async (request) => {
    await noteReading(request, { act: 'read', decisions: [request.decision.id] }, parts)
    return readDecision(ledgerOf(parts).store, request.decision)
  })
}
