import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { leafText } from '../../determination/reason.js'
import { leavesOf } from '../../engine/condition-node.js'
import type { Rule } from '../../engine/rule.js'
import { type Language, Words } from '../../model/language.js'
import { RuleVersion } from '../../model/rule-version.js'
import { diffVersions } from '../../rulebook/diff.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import { wordChanges } from '../../rulebook/word-changes.js'
import { ChangeSchema } from '../change-schema.js'
import { answers, GUARDED } from '../describe.js'
import { findProgramme, findVersion } from '../find-version.js'
import type { RouteParts } from '../parts.js'
import { programmeParams } from './programmes.js'

const LeafWords = Words.extend({
  condition: z.string().meta({ description: 'JSON pointer into the conditions' }),
}).meta({ id: 'LeafWords', description: 'One comparison of a rule version in words' })

const PublishedVersion = z
  .strictObject({
    id: z.string().meta({ description: '<programme>@<version>' }),
    digest: z.string().meta({ description: 'SHA-256 of the RFC 8785 form of rule' }),
    rule: RuleVersion,
    words: z.array(LeafWords).meta({ description: 'Every comparison in words' }),
  })
  .meta({ id: 'PublishedVersion', description: 'A rule version exactly as published' })

const version = z.string().meta({ description: 'Such as 2020-03-06, 2020-03-06.2 or undated' })
const Params = z.strictObject({ ...programmeParams, version })

const VersionDiff = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    changes: z.array(ChangeSchema),
    words: z.array(Words).meta({ description: 'Each change in a sentence' }),
  })
  .meta({ id: 'VersionDiff', description: 'What changes from one version to another' })
const DiffParams = Params.extend({ other: version })

/** GET …/versions/{version}: the rule JSON as published, with its digest; and …/diff/{other}. */
export function ruleVersionRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const one = {
    operationId: 'getRuleVersion',
    tags: ['catalogue'],
    summary: 'A rule version as published',
    params: Params,
    response: answers('The rule JSON and its digest', PublishedVersion, [404, ...GUARDED]),
  }
  const address = '/v1/programmes/:city/:programme/versions/:version'
  app.get<{ Params: z.infer<typeof Params> }>(address, { schema: one }, async ({ params }) => {
    const { rule, digest, json } = findVersion(findProgramme(rulebook, params), params.version)
    return { id: rule.id, digest, rule: json, words: leafWords(rulebook, rule) }
  })
  const diff = {
    operationId: 'diffRuleVersions',
    tags: ['catalogue'],
    summary: 'What changes from one rule version to another',
    params: DiffParams,
    response: answers('The changes', VersionDiff, [404, ...GUARDED]),
  }
  app.get<{ Params: z.infer<typeof DiffParams> }>(
    `${address}/diff/:other`,
    { schema: diff },
    async ({ params }) => {
      const programme = findProgramme(rulebook, params)
      const [from, to] = [
        findVersion(programme, params.version),
        findVersion(programme, params.other),
      ]
      const changes = diffVersions(from.rule.version, to.rule.version)
      const inWords = (language: Language) =>
        wordChanges(changes, to.rule.version, rulebook, language)
      const [zh, en] = [inWords('zh'), inWords('en')]
      const words = zh.map((text, index) => ({ zh: text, en: en[index] as string }))
      return { from: from.rule.id, to: to.rule.id, changes, words }
    },
  )
}

function leafWords(rulebook: Rulebook, { conditions }: Rule): z.infer<typeof LeafWords>[] {
  return leavesOf(conditions).map((leaf) => ({
    condition: leaf.pointer,
    zh: leafText(leaf, { rulebook, language: 'zh' }),
    en: leafText(leaf, { rulebook, language: 'en' }),
  }))
}
