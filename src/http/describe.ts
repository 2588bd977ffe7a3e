import type { FastifyContextConfig } from 'fastify'
import { z } from 'zod'
import { MOST_FAULTS, PROBLEMS, type ProblemBody, type ProblemCode } from '../model/errors.js'
import { discoveryAddress } from './access/provider-metadata.js'

const Fault = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer to the place in the request' }),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'InputFault', description: 'One place in the request and what is wrong there' })

const CODES = Object.entries(PROBLEMS).map(
  ([code, { status, title }]) => `${code} (${status}): ${title.en}`,
)

/** The body of every fault, RFC 9457. */
export const ProblemSchema = z
  .strictObject({
    type: z.string().meta({ description: 'urn:huimin:problem:<code>' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]).meta({
      description: CODES.join('; '),
    }),
    errors: z
      .array(Fault)
      .max(MOST_FAULTS)
      .optional()
      .meta({ description: 'The first faults of the input, each with its place' }),
  })
  .meta({ id: 'Problem', description: 'A fault, RFC 9457' }) satisfies z.ZodType<ProblemBody>

/** Statuses of every route but the probes: no token where all need one, too many requests. */
export const GUARDED: readonly number[] = [401, 429]

/** Describes the answers of a route: its good one, and the problems of some statuses. */
export function answers(description: string, schema: z.ZodType, statuses = GUARDED) {
  return answersAs({ 200: { description, content: { 'application/json': { schema } } } }, statuses)
}

/** A good answer: its content by type, or none. */
export interface GoodAnswer {
  readonly description: string
  readonly content?: Readonly<Record<string, { readonly schema: z.ZodType }>>
}

/** The same for a route with other good answers than one of JSON. */
export function answersAs(good: Readonly<Record<number, GoodAnswer>>, statuses = GUARDED) {
  const bad = statuses.map((status) => [status, problemAnswer(status)])
  return { ...good, ...Object.fromEntries(bad) }
}

function problemAnswer(status: number) {
  const codes = Object.entries(PROBLEMS).filter(([, problem]) => problem.status === status)
  const description = codes.map(([code]) => code).join(', ')
  return { description, content: { 'application/problem+json': { schema: ProblemSchema } } }
}

/** What a route with a token refuses before anything else. */
export const REFUSED: readonly number[] = [403, 503, ...GUARDED]

/** Ways to say who asks: a local key, or a token of an OpenID provider with one of the scopes. */
export function security({ scopes, open }: FastifyContextConfig): readonly object[] {
  if (open === true) return []
  const key = { bearer: [] }
  // Where REQUIRE_AUTH=all closes the service, what is open asks for any token.
  if (scopes === undefined) return [{}, key, { openIdConnect: [] }]
  return [key, ...scopes.map((scope) => ({ openIdConnect: [scope] }))]
}

/** The ways that `security` names. */
export function securitySchemes(issuer = 'https://id.example') {
  const description = 'An access token (JWT) of the provider at OIDC_ISSUER, for OIDC_AUDIENCE'
  return {
    bearer: { type: 'http', scheme: 'bearer', description: 'A local key' },
    openIdConnect: {
      type: 'openIdConnect',
      openIdConnectUrl: discoveryAddress(issuer),
      description,
    },
  } as const
}

/** The header that chooses the language of an answer. */
export const acceptLanguage = z.looseObject({
  'accept-language': z
    .string()
    .optional()
    .meta({ description: 'zh (default) or en', example: 'en' }),
})
