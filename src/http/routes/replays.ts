import type { FastifyInstance } from 'fastify'
import { decisionWithFacts } from '../../ledger/read-decision.js'
import { parseReplayTerms, ReplayTerms, replayDecision } from '../../ledger/replay-decision.js'
import { Replay } from '../../model/decision.js'
import { acceptLanguage, answers, REFUSED } from '../describe.js'
import { DecisionParams, findsDecision, ledgerOf } from '../find-decision.js'
import { negotiateLanguage } from '../negotiate-language.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'
import { takeTurns } from '../take-turns.js'

/** POST /v1/decisions/{id}/replays: the decision again, under the recorded or other rules. */
export function replayRoutes(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'replayDecision',
    tags: ['decisions'],
    summary: 'Determine a recorded decision again and say where it differs',
    headers: acceptLanguage,
    params: DecisionParams,
    body: ReplayTerms,
    response: answers('The replay', Replay, [400, 404, 409, 410, 413, 415, ...REFUSED]),
  }
  const config = { scopes: ['decisions:read', 'audit'] as const, mayBeEmpty: true }
  const onRequest = findsDecision(app, parts, 'audit')
  const turn = takeTurns()
  app.post('/v1/decisions/:id/replays', { schema, config, onRequest }, async (request, reply) => {
    const terms = parseReplayTerms(request.body)
    await noteReading(request, { act: 'replay', decisions: [request.decision.id] }, parts)
    const recorded = await decisionWithFacts(ledgerOf(parts).store, request.decision)
    const language = negotiateLanguage(request.headers['accept-language'])
    void reply.header('content-language', language)
    const replayed = { ...recorded, terms, language, detail: 'full' as const }
    return turn(request.raw, () => replayDecision(parts.rulebook, replayed, parts.clock()))
  })
}
