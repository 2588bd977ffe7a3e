import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { RuleVersion } from '../../model/rule-version.js'
import { answers } from '../describe.js'
import type { RouteParts } from '../parts.js'
import { findProgramme, findVersion } from '../published.js'
import { programmeParams } from './programmes.js'

const PublishedVersion = z
  .strictObject({
    id: z.string().meta({ description: '<programme>@<version>' }),
    digest: z.string().meta({ description: 'SHA-256 of the RFC 8785 form of rule' }),
    rule: RuleVersion,
  })
  .meta({ id: 'PublishedVersion', description: 'A rule version exactly as published' })

const version = z.string().meta({ description: 'Such as 2020-03-06, 2020-03-06.2 or undated' })
const Params = z.strictObject({ ...programmeParams, version })

/** GET …/versions/{version}: the rule JSON as published, with its digest. */
export function ruleVersionRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const one = {
    operationId: 'getRuleVersion',
    tags: ['catalogue'],
    summary: 'A rule version as published',
    params: Params,
    response: answers('The rule JSON and its digest', PublishedVersion, [404]),
  }
  const address = '/v1/programmes/:city/:programme/versions/:version'
  app.get<{ Params: z.infer<typeof Params> }>(address, { schema: one }, async ({ params }) => {
    const { rule, digest, json } = findVersion(findProgramme(rulebook, params), params.version)
    return { id: rule.id, digest, rule: json }
  })
}
