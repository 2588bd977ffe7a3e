import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Expected } from '../../model/case.js'
import { CivilDate } from '../../model/civil-date.js'
import type { LoadedProgramme } from '../../rulebook/rulebook.js'
import { selectRuleVersion } from '../../rulebook/select-rule-version.js'
import { answers, GUARDED } from '../describe.js'
import { findProgramme } from '../find-version.js'
import type { RouteParts } from '../parts.js'
import { programmeParams } from './programmes.js'

const WorkedCase = z
  .strictObject({
    name: z.string().meta({ description: 'A sentence' }),
    asOf: CivilDate,
    version: z
      .string()
      .nullable()
      .meta({ description: 'The version it covers; null: none is in force' }),
    expect: z.array(Expected),
  })
  .meta({ id: 'WorkedCase', description: 'A worked case and the rule version it covers' })
const WorkedCases = z.strictObject({ cases: z.array(WorkedCase) })
const Params = z.strictObject(programmeParams)

/** GET /v1/programmes/{city}/{programme}/cases: the worked cases, without their households. */
export function caseRoutes(app: FastifyInstance, { rulebook, clock }: RouteParts): void {
  const schema = {
    operationId: 'listCases',
    tags: ['catalogue'],
    summary: 'The worked cases of a programme and the versions they cover',
    params: Params,
    response: answers('The cases, as written', WorkedCases, [404, ...GUARDED]),
  }
  app.get<{ Params: z.infer<typeof Params> }>(
    '/v1/programmes/:city/:programme/cases',
    { schema },
    async ({ params }) => ({ cases: workedCases(findProgramme(rulebook, params), clock()) }),
  )
}

function workedCases(loaded: LoadedProgramme, now: Date): z.infer<typeof WorkedCase>[] {
  return loaded.cases.map(({ name, asOf, knownAt, expect }) => {
    const choice = selectRuleVersion(loaded, asOf, knownAt ?? now.toISOString())
    const version = choice.kind === 'selected' ? choice.version.rule.version.version : null
    return { name, asOf, version, expect: [expect].flat() }
  })
}
