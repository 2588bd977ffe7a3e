import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Jurisdiction } from '../../model/programme.js'
import { answers } from '../describe.js'
import type { RouteParts } from '../parts.js'

const Jurisdictions = z.strictObject({ jurisdictions: z.array(Jurisdiction) })

/** GET /v1/jurisdictions: the cities and districts that have programmes. */
export function jurisdictionRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const schema = {
    operationId: 'listJurisdictions',
    tags: ['catalogue'],
    summary: 'Cities and districts that have programmes',
    response: answers('The jurisdictions, by code', Jurisdictions),
  }
  app.get('/v1/jurisdictions', { schema }, async () => ({
    jurisdictions: [...rulebook.jurisdictions.values()],
  }))
}
