import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { answerJson } from '../../determination/answer-json.js'
import {
  determinationRequestSchema,
  parseDeterminationRequest,
} from '../../determination/determination-request.js'
import { determine } from '../../determination/determine.js'
import { upcomingChanges } from '../../determination/upcoming-changes.js'
import { DeterminationAnswer, OUTCOMES, Outcome, Subject } from '../../model/determination.js'
import { acceptLanguage, answers, GUARDED } from '../describe.js'
import { negotiateLanguage } from '../negotiate-language.js'
import type { RouteParts } from '../parts.js'
import type { Metrics } from '../plugins/metrics.js'
import { takeTurns } from '../take-turns.js'

const UpcomingChange = z
  .strictObject({
    programme: z.string(),
    subject: Subject,
    on: z.string().meta({ description: 'The first day of the other outcome' }),
    outcome: Outcome,
    because: z
      .enum(['rule', 'date'])
      .meta({ description: 'Another version applies, or an age or a duration is reached' }),
    ruleVersion: z.string().meta({ description: 'The version that applies on that day' }),
  })
  .meta({ id: 'UpcomingChange', description: 'When an outcome becomes another, facts unchanged' })
const UpcomingChanges = z.strictObject({ changes: z.array(UpcomingChange) })

/**
 * POST /v1/determinations: what a household is entitled to; and …/changes: from which later day
 * another outcome applies. Nothing is stored.
 */
export function determinationRoutes(
  app: FastifyInstance,
  { rulebook, clock, metrics }: RouteParts,
): void {
  const request = determinationRequestSchema(rulebook)
  const schema = {
    operationId: 'determine',
    tags: ['determinations'],
    summary: 'Determine what a household is entitled to',
    headers: acceptLanguage,
    body: request,
    response: answers('The answer', DeterminationAnswer, [400, 413, 415, 503, ...GUARDED]),
  }
  const turn = takeTurns()
  app.post('/v1/determinations', { schema }, async ({ body, headers, raw }, reply) => {
    const language = negotiateLanguage(headers['accept-language'])
    const bytes = await turn(raw, () => {
      const answer = determine(
        rulebook,
        parseDeterminationRequest(rulebook, body, clock()),
        language,
      )
      countOutcomes(answer, metrics)
      return answerJson(answer)
    })
    void reply.header('content-language', language).header('cache-control', 'no-store')
    void reply.type('application/json; charset=utf-8')
    return bytes
  })
  const changes = {
    operationId: 'upcomingChanges',
    tags: ['determinations'],
    summary: 'The first later day on which each outcome changes, the facts staying as they are',
    body: request,
    response: answers('The changes of the next 20 years', UpcomingChanges, [
      ...[400, 413, 415, 503],
      ...GUARDED,
    ]),
  }
  app.post('/v1/determinations/changes', { schema: changes }, async ({ body, raw }, reply) => {
    void reply.header('cache-control', 'no-store')
    return turn(raw, () => {
      const checked = parseDeterminationRequest(rulebook, body, clock())
      return { changes: upcomingChanges(rulebook, checked) }
    })
  })
}

function countOutcomes({ determinations }: DeterminationAnswer, metrics: Metrics): void {
  for (const outcome of OUTCOMES) {
    let count = 0
    for (const determination of determinations) if (determination.outcome === outcome) count += 1
    if (count > 0) metrics.determinations.inc({ outcome }, count)
  }
}
