import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { baseFactsOf } from '../../determination/rule-facts.js'
import { Problem } from '../../model/errors.js'
import { Programme, REGION_CODE } from '../../model/programme.js'
import { RuleVersion } from '../../model/rule-version.js'
import type { LoadedProgramme } from '../../rulebook/rulebook.js'
import { answers, GUARDED } from '../describe.js'
import { findProgramme, publishedVersions } from '../find-version.js'
import type { RouteParts } from '../parts.js'

const Listed = Programme.omit({ $schema: true })
  .extend({
    jurisdiction: z.string().meta({ description: 'GB/T 2260 code' }),
    facts: z.array(z.string()).meta({ description: 'Base facts that its published versions read' }),
  })
  .meta({ id: 'ListedProgramme', description: 'A programme and where it applies' })
const Programmes = z.strictObject({ programmes: z.array(Listed) })

const { version, validFrom, validTo, publishedAt, supersedes, reviewBy } = RuleVersion.shape
const OnBothClocks = z
  .strictObject({
    id: z.string().meta({ description: '<programme>@<version>' }),
    ...{ version, validFrom, validTo, publishedAt, supersedes, reviewBy },
    supersededBy: version.nullable().meta({ description: 'The version that corrects this one' }),
    digest: z.string().meta({ description: 'SHA-256 of the RFC 8785 form' }),
  })
  .meta({
    id: 'VersionOnBothClocks',
    description: 'When a version is in force and when it became visible',
  })
const WithVersions = Listed.extend({ versions: z.array(OnBothClocks) }).meta({
  id: 'ProgrammeWithVersions',
  description: 'A programme and all its versions, oldest first',
})

export const programmeParams = {
  city: z.string().meta({ description: 'Slug of the jurisdiction, such as dongguan' }),
  programme: z.string().meta({ description: 'Second part of the programme id' }),
}
const Params = z.strictObject(programmeParams)
const Query = z.strictObject({
  jurisdiction: z
    .string()
    .regex(REGION_CODE)
    .optional()
    .meta({ description: 'GB/T 2260 code; all by default' }),
})

/** GET /v1/programmes and /v1/programmes/{city}/{programme}, with its versions on both clocks. */
export function programmeRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const list = {
    operationId: 'listProgrammes',
    tags: ['catalogue'],
    summary: 'Programmes',
    querystring: Query,
    response: answers('The programmes, by id', Programmes, [400, ...GUARDED]),
  }
  app.get<{ Querystring: z.infer<typeof Query> }>(
    '/v1/programmes',
    { schema: list },
    async ({ query }) => {
      const { jurisdiction } = query
      if (jurisdiction !== undefined && !rulebook.jurisdictions.has(jurisdiction))
        throw new Problem('unknown-jurisdiction')
      const all = [...rulebook.programmes.values()].map(listed)
      return {
        programmes: all.filter(
          (one) => jurisdiction === undefined || one.jurisdiction === jurisdiction,
        ),
      }
    },
  )
  const one = {
    operationId: 'getProgramme',
    tags: ['catalogue'],
    summary: 'A programme and its versions on both clocks',
    params: Params,
    response: answers('The programme', WithVersions, [404, ...GUARDED]),
  }
  app.get<{ Params: z.infer<typeof Params> }>(
    '/v1/programmes/:city/:programme',
    { schema: one },
    async ({ params }) => {
      const loaded = findProgramme(rulebook, params)
      return { ...listed(loaded), versions: onBothClocks(loaded) }
    },
  )
}

function listed(loaded: LoadedProgramme): z.infer<typeof Listed> {
  const { $schema: _, ...shown } = loaded.programme
  const facts = publishedVersions(loaded).flatMap(({ rule }) => baseFactsOf(rule))
  return { ...shown, jurisdiction: loaded.jurisdiction.code, facts: [...new Set(facts)].sort() }
}

function onBothClocks(loaded: LoadedProgramme): z.infer<typeof OnBothClocks>[] {
  const versions = publishedVersions(loaded)
  return versions.map(({ rule, digest }) => {
    const { version, validFrom, validTo, publishedAt, supersedes, reviewBy } = rule.version
    const correction = versions.find((other) => other.rule.version.supersedes === version)
    const supersededBy = correction?.rule.version.version ?? null
    return {
      id: rule.id,
      version,
      validFrom,
      validTo,
      publishedAt,
      supersedes,
      reviewBy,
      supersededBy,
      digest,
    }
  })
}
