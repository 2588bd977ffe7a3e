import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '../../model/errors.js'
import type { Screenings } from './open-screenings.js'
import type { ScreeningRun } from './screening-run.js'

/** What all routes of screenings have in common. */
export const tags = ['screenings']
export const config = { scopes: ['audit'] as const }
export const ScreeningParams = z.strictObject({
  id: z.string().meta({ description: 'Screening id' }),
})

declare module 'fastify' {
  interface FastifyRequest {
    /** The screening of the address, where `findsScreening` is a hook of the route. */
    screening: ScreeningRun
  }
}

/** The screenings. Throws Problem `store-unavailable` where the service has no folder for them. */
export function screeningsOf({ screenings }: { readonly screenings?: Screenings }): Screenings {
  if (screenings === undefined) throw new Problem('store-unavailable')
  return screenings
}

/** A hook that finds the screening of the address. Throws Problem `not-found`. */
export function findsScreening(parts: { readonly screenings?: Screenings }) {
  return async (request: FastifyRequest) => {
    const { id } = request.params as { id: string }
    const run = screeningsOf(parts).find(id)
    if (run === undefined) throw new Problem('not-found')
    request.screening = run
  }
}
