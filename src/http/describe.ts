import { z } from 'zod'
import { PROBLEMS, type ProblemBody, type ProblemCode } from '../model/errors.js'

const Fault = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer to the place in the request' }),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'InputFault', description: 'One place in the request and what is wrong there' })

/** The body of every fault, RFC 9457. */
export const ProblemSchema = z
  .strictObject({
    type: z.string().meta({ description: 'urn:huimin:problem:<code>' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    errors: z.array(Fault).optional(),
  })
  .meta({ id: 'Problem', description: 'A fault, RFC 9457' }) satisfies z.ZodType<ProblemBody>

/** Statuses of every route but the probes: too many requests. */
export const GUARDED: readonly number[] = [429]

/** Describes the answers of a route: its good one, and the problems of some statuses. */
export function answers(description: string, schema: z.ZodType, statuses = GUARDED) {
  const good = { 200: { description, content: { 'application/json': { schema } } } }
  const bad = statuses.map((status) => [status, problemAnswer(status)])
  return { ...good, ...Object.fromEntries(bad) }
}

function problemAnswer(status: number) {
  const codes = Object.entries(PROBLEMS).filter(([, problem]) => problem.status === status)
  const description = codes.map(([code]) => code).join(', ')
  return { description, content: { 'application/problem+json': { schema: ProblemSchema } } }
}

/** The header that chooses the language of an answer. */
export const acceptLanguage = z.looseObject({
  'accept-language': z
    .string()
    .optional()
    .meta({ description: 'zh (default) or en', example: 'en' }),
})
