import type { FastifyInstance, FastifyReply } from 'fastify'
import { Problem } from '../../model/errors.js'
import { answers, REFUSED } from '../describe.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'
import { config, findsScreening, ScreeningParams, tags } from '../screenings/find-screening.js'
import { ScreeningImpact } from '../screenings/impact-answer.js'
import { ImpactRequest, impactQuestion } from '../screenings/impact-question.js'
import { oneAtATime } from '../screenings/one-at-a-time.js'

/** One computes, these wait with it. */
const MOST_COMPARISONS = 8

/** POST /v1/screenings/{id}/impacts: who gains and who loses when figures of the rules change. */
export function screeningImpactRoutes(app: FastifyInstance, parts: RouteParts): void {
  const lane = oneAtATime(MOST_COMPARISONS)
  const schema = {
    operationId: 'compareScreening',
    tags,
    summary: 'Try other figures on the register; counts that could point at somebody are null',
    params: ScreeningParams,
    body: ImpactRequest,
    response: answers('What changes', ScreeningImpact, [400, 404, 409, 413, 415, ...REFUSED]),
  }
  app.post(
    '/v1/screenings/:id/impacts',
    { schema, config, onRequest: findsScreening(parts) },
    async (request, reply) => {
      const { screening, body, log, caller } = request
      const { id, status, question, rulebook } = screening.record
      if (status !== 'finished') throw new Problem('screening-not-finished')
      // The register was checked against the facts of the rulebook it was screened with.
      if (rulebook !== parts.rulebook.digest) throw new Problem('rulebook-changed')
      const { comparison, tried } = impactQuestion(parts.rulebook, body, question, parts.clock())
      await noteReading(request, { act: 'screening-impact' }, parts)
      log.info({ actor: caller.actor, screening: id }, 'impact asked for')
      const signal = AbortSignal.any([screening.gone, goneWith(reply)])
      const found = await lane(signal, () => screening.compare(comparison, signal))
      return { tried, ...found }
    },
  )
}

/** Aborted when the client goes away: whoever moves a slider asks again before the answer is there. */
function goneWith({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => controller.abort(new Problem('request-timeout')))
  return controller.signal
}
