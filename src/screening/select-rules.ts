import type { NotInForce } from '../model/determination.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { selectRuleVersion } from '../rulebook/select-rule-version.js'
import { InputError } from './input/input-error.js'
import type { ScreenedRule } from './to-sql/rule-to-sql.js'

/** Which programmes are screened, on which clocks. */
export interface ScreeningQuestion {
  /** YYYY-MM-DD */
  readonly asOf: string
  /** ISO instant. */
  readonly knownAt: string
  /** Programme ids; absent: all. */
  readonly programmes?: readonly string[]
  /** GB/T 2260 code; absent: every jurisdiction. */
  readonly jurisdiction?: string
}

/** The rules of one jurisdiction in force. */
export interface JurisdictionRules {
  readonly jurisdiction: string
  readonly rules: readonly ScreenedRule[]
}

/** Rules by jurisdiction, and the programmes that have none in force. */
export interface SelectedRules {
  readonly jurisdictions: readonly JurisdictionRules[]
  readonly notInForce: readonly NotInForce[]
}

/** Selects one version of each programme on both clocks. Throws InputError for unknown names. */
export function selectRules(rulebook: Rulebook, question: ScreeningQuestion): SelectedRules {
  const { asOf, knownAt } = question
  const asked = askedFor(rulebook, question)
  const notInForce: NotInForce[] = []
  const byJurisdiction = new Map<string, ScreenedRule[]>()
  for (const [id, loaded] of asked) {
    const choice = selectRuleVersion(loaded, asOf, knownAt)
    if (choice.kind === 'not-in-force') {
      notInForce.push({ programme: id, reason: choice.reason, nearest: choice.nearest })
      continue
    }
    const rules = byJurisdiction.get(loaded.jurisdiction.code) ?? []
    rules.push({ rule: choice.version.rule, attested: choice.attested })
    byJurisdiction.set(loaded.jurisdiction.code, rules)
  }
  const jurisdictions = [...byJurisdiction].map(([jurisdiction, rules]) => ({
    jurisdiction,
    rules,
  }))
  return { jurisdictions, notInForce }
}

function askedFor({ programmes, jurisdictions }: Rulebook, question: ScreeningQuestion) {
  const unknown = question.programmes?.find((id) => !programmes.has(id))
  if (unknown !== undefined) throw new InputError(`there is no programme "${unknown}"`)
  const { jurisdiction } = question
  if (jurisdiction !== undefined && !jurisdictions.has(jurisdiction))
    throw new InputError(`there is no jurisdiction "${jurisdiction}"`)
  const asked = new Set(question.programmes ?? programmes.keys())
  return [...programmes].filter(
    ([id, loaded]) =>
      asked.has(id) && (jurisdiction ?? loaded.jurisdiction.code) === loaded.jurisdiction.code,
  )
}
