import { parseRule } from '../../src/engine/rule.js'
import type { RuleVersion } from '../../src/model/rule-version.js'
import type { LoadedVersion, Rulebook } from '../../src/rulebook/rulebook.js'

/** What a test says of a rule version; the rest is filled in. */
export type VersionSketch = Pick<RuleVersion, 'conditions' | 'entitlement'> & Partial<RuleVersion>

/** The rulebook with one more programme of a jurisdiction it has; defects in it fail the test. */
export function addProgramme(
  rulebook: Rulebook,
  id: string,
  subject: 'household' | 'member',
  sketch: VersionSketch,
): Rulebook {
  const version: RuleVersion = {
    programme: id,
    version: '2020-01-01',
    validFrom: '2020-01-01',
    validTo: null,
    publishedAt: '2026-11-21T00:00:00Z',
    supersedes: null,
    reviewBy: null,
    publishedBy: 'encoder-1',
    reviewedBy: 'reader-1',
    clauses: ['dg2020-07-dibao'],
    parameters: {},
    interpretations: [],
    ...sketch,
  }
  const rule = parseRule(version, subject, rulebook.dictionary, (pointer, reason) => {
    throw new Error(`${pointer}: ${reason}`)
  })
  const [sibling] = [...rulebook.programmes.values()].filter(
    ({ programme }) => programme.id.split('/')[0] === id.split('/')[0],
  )
  if (rule === undefined || sibling === undefined) throw new Error('no such jurisdiction')
  const words = { zh: '试用项目', en: 'Trial programme' }
  const loaded: LoadedVersion = {
    ...(sibling.versions[0] as LoadedVersion),
    rule,
    json: version,
    file: 'trial.json',
    notBefore: null,
  }
  const programme = { id, name: words, subject, grants: words }
  const programmes = new Map([
    ...rulebook.programmes,
    [
      id,
      {
        programme,
        jurisdiction: sibling.jurisdiction,
        versions: [loaded],
        cases: [],
        equivalentMutants: [],
      },
    ],
  ])
  return { ...rulebook, programmes }
}
