import type { FastifyInstance } from 'fastify'
import { answerJson } from '../../determination/answer-json.js'
import {
  determinationRequestSchema,
  parseDeterminationRequest,
} from '../../determination/determination-request.js'
import { determine } from '../../determination/determine.js'
import { DeterminationAnswer, OUTCOMES } from '../../model/determination.js'
import { acceptLanguage, answers, GUARDED } from '../describe.js'
import { negotiateLanguage } from '../negotiate-language.js'
import type { RouteParts } from '../parts.js'
import type { Metrics } from '../plugins/metrics.js'
import { takeTurns } from '../take-turns.js'

/** Answers of the largest households take some seconds when that many wait. */
const MOST_WAITING = 128

/** POST /v1/determinations: what a household is entitled to, nothing stored. */
export function determinationRoutes(
  app: FastifyInstance,
  { rulebook, clock, metrics }: RouteParts,
): void {
  const schema = {
    operationId: 'determine',
    tags: ['determinations'],
    summary: 'Determine what a household is entitled to',
    headers: acceptLanguage,
    body: determinationRequestSchema(rulebook),
    response: answers('The answer', DeterminationAnswer, [400, 413, 415, 503, ...GUARDED]),
  }
  const turn = takeTurns(MOST_WAITING)
  app.post('/v1/determinations', { schema }, async ({ body, headers }, reply) => {
    const language = negotiateLanguage(headers['accept-language'])
    const bytes = await turn(() => {
      const request = parseDeterminationRequest(rulebook, body, clock())
      const answer = determine(rulebook, request, language)
      countOutcomes(answer, metrics)
      return answerJson(answer)
    })
    void reply.header('content-language', language).header('cache-control', 'no-store')
    void reply.type('application/json; charset=utf-8')
    return bytes
  })
}

function countOutcomes({ determinations }: DeterminationAnswer, metrics: Metrics): void {
  for (const outcome of OUTCOMES) {
    let count = 0
    for (const determination of determinations) if (determination.outcome === outcome) count += 1
    if (count > 0) metrics.determinations.inc({ outcome }, count)
  }
}
