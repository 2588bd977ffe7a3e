import { z } from 'zod'
import { clockFaults } from '../../determination/content-faults.js'
import { numberText } from '../../determination/limit-words.js'
import { fault, faultsOf, refused } from '../../determination/request-faults.js'
import { leavesOf } from '../../engine/condition-node.js'
import { CivilDate } from '../../model/civil-date.js'
import type { InputFault } from '../../model/errors.js'
import { decimalsOf } from '../../model/fact.js'
import type { Words } from '../../model/language.js'
import { PROGRAMME_ID } from '../../model/programme.js'
import type { Parameter } from '../../model/rule-version.js'
import { changeParameters, type ParameterChange } from '../../rulebook/change-parameters.js'
import type { LoadedVersion, Rulebook } from '../../rulebook/rulebook.js'
import { selectRuleVersion } from '../../rulebook/select-rule-version.js'
import type { Comparison } from '../../screening/impact/impact.js'
import type { ScreeningQuestion } from '../../screening/select-rules.js'

/** Another figure for one parameter. */
const Change = z
  .strictObject({
    programme: z.string().regex(PROGRAMME_ID).optional().meta({
      description: 'Its version in force on the day asked for; either this or ruleVersion',
    }),
    ruleVersion: z.string().optional().meta({ description: 'Must be in force on that day' }),
    parameter: z.string().meta({ description: 'A key of the version’s parameters' }),
    value: z.number().meta({ description: 'In the unit of the parameter' }),
  })
  .meta({ id: 'ParameterChange', description: 'Another figure for one parameter of a rule' })

/** What a register is compared with. */
export const ImpactRequest = z
  .strictObject({
    asOf: CivilDate.optional().meta({
      description: 'The day of the screening by default, never before it',
    }),
    knownAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: 'That of the screening by default' }),
    changes: z.array(Change).min(1).max(20),
  })
  .meta({ id: 'ImpactRequest', description: 'Other figures to try on a register' })

/** A figure that was tried, beside the one in force. */
export interface TriedParameter {
  readonly programme: string
  readonly ruleVersion: string
  readonly parameter: string
  readonly unit: string | null
  readonly from: number
  readonly to: number
}

/** Two sets of rules to compare, and what differs between them. */
export interface ImpactQuestion {
  readonly comparison: Pick<Comparison, 'before' | 'after'>
  readonly tried: readonly TriedParameter[]
}

/**
 * The rules as they are against the same with other figures, for the programmes these touch.
 * Throws Problem (400) with every fault; a figure is checked as a rulebook is that is loaded.
 */
export function impactQuestion(
  rulebook: Rulebook,
  json: unknown,
  screened: ScreeningQuestion,
  now: Date,
): ImpactQuestion {
  const parsed = ImpactRequest.safeParse(json ?? {})
  if (!parsed.success) throw refused(faultsOf(parsed.error.issues, json))
  const { changes, asOf = screened.asOf, knownAt = screened.knownAt } = parsed.data
  const clocks = [
    ...clockFaults({ knownAt }, now),
    // That everybody was born by then was checked for the day of the screening.
    ...(asOf < screened.asOf ? [fault('/asOf', 'before-screening', BEFORE)] : []),
  ]
  if (clocks.length > 0) throw refused(clocks)
  const found = changes.map((change, index) => locate(rulebook, change, index, { asOf, knownAt }))
  const faults = [
    ...found.flatMap((one) => ('fault' in one ? [one.fault] : [])),
    ...repetitions(found),
  ]
  if (faults.length > 0) throw refused(faults)
  const good = found as readonly ParameterChange[]
  const changed = changeParameters(rulebook, good)
  if (changed.kind === 'defects') {
    const files = new Set(changed.defects.map(({ file }) => file))
    throw refused(
      good.flatMap((change, index) =>
        files.has(change.version.file) ? [refusal(index, allowedWords(change))] : [],
      ),
    )
  }
  const programmes = [...new Set(good.map(({ version }) => version.rule.version.programme))].sort()
  const side = { asOf, knownAt: new Date(knownAt).toISOString(), programmes }
  return {
    comparison: {
      before: { ...side, rulebook },
      after: { ...side, rulebook: changed.rulebook },
    },
    tried: good.map(triedParameter),
  }
}

type Located = ParameterChange | { readonly fault: InputFault }

function locate(
  rulebook: Rulebook,
  { programme, ruleVersion, parameter, value }: z.infer<typeof Change>,
  index: number,
  { asOf, knownAt }: { readonly asOf: string; readonly knownAt: string },
): Located {
  const at = `/changes/${index}`
  if ((programme === undefined) === (ruleVersion === undefined))
    return { fault: fault(at, 'required', EITHER) }
  const place = `${at}/${programme === undefined ? 'ruleVersion' : 'programme'}`
  const loaded = rulebook.programmes.get(programme ?? (String(ruleVersion).split('@')[0] as string))
  if (loaded === undefined) return { fault: fault(place, 'unknown-programme', NONE) }
  const selected = selectRuleVersion(loaded, asOf, knownAt)
  const version: LoadedVersion | null = selected.kind === 'selected' ? selected.version : null
  if (version === null || (ruleVersion ?? version.rule.id) !== version.rule.id)
    return { fault: fault(place, 'not-in-force', NOT_IN_FORCE) }
  const { parameters } = version.rule.version
  if (!Object.hasOwn(parameters, parameter))
    return { fault: fault(`${at}/parameter`, 'unknown-parameter', NO_PARAMETER) }
  const { value: inForce } = parameters[parameter] as Parameter
  return value < 0 && inForce >= 0
    ? { fault: refusal(index, BELOW_NOTHING) }
    : { version, parameter, value }
}

/** Changes of a figure that one before them changes, whichever way its version is named. */
function repetitions(found: readonly Located[]): readonly InputFault[] {
  const seen = new Set<string>()
  return found.flatMap((one, index) => {
    if ('fault' in one) return []
    const figure = `${one.version.rule.id} ${one.parameter}`
    const repeats = seen.has(figure)
    seen.add(figure)
    return repeats ? [fault(`/changes/${index}`, 'repeated', REPEATED)] : []
  })
}

function triedParameter({ version, parameter, value }: ParameterChange): TriedParameter {
  const { id, version: written } = version.rule
  const { value: from, unit } = written.parameters[parameter] as Parameter
  return {
    programme: written.programme,
    ruleVersion: id,
    parameter,
    unit,
    from,
    to: value,
  }
}

function refusal(index: number, message: Words): InputFault {
  return fault(`/changes/${index}/value`, 'refused-by-rulebook', message)
}

/** What a figure must be: within the bounds and decimals of the fact it is compared with. */
function allowedWords({ version, parameter }: ParameterChange): Words {
  const leaf = leavesOf(version.rule.conditions).find((one) => one.parameter === parameter)
  if (leaf === undefined) return REFUSED
  const { min, max, scale } = leaf.fact
  const [least, most] = [numberText(min / scale), numberText(max / scale)]
  const decimals = decimalsOf(scale)
  return {
    zh: `应在 ${least} 至 ${most} 之间，${decimals === 0 ? '不带小数' : `小数最多 ${decimals} 位`}`,
    en: `must be from ${least} to ${most}, with ${decimals === 0 ? 'no' : `at most ${decimals}`} decimals`,
  }
}

const BEFORE: Words = { zh: '不能早于筛查日期', en: 'must not be before the day of the screening' }
const EITHER: Words = {
  zh: 'programme 和 ruleVersion 须且只能给出一个',
  en: 'must name a programme or a ruleVersion, and not both',
}
const NONE: Words = { zh: '没有这个项目', en: 'names a programme that is not there' }
const NOT_IN_FORCE: Words = {
  zh: '该日没有施行这个版本',
  en: 'is not in force on the day asked for',
}
const NO_PARAMETER: Words = {
  zh: '这个版本没有这个参数',
  en: 'is no parameter of the version in force',
}
const REPEATED: Words = {
  zh: '与前面一项改的是同一个参数',
  en: 'changes a figure that is changed before it',
}
/** No figure that counts or pays turns into one below nothing. */
const BELOW_NOTHING: Words = { zh: '不能小于 0', en: 'must be at least 0' }
const REFUSED: Words = {
  zh: '规则库不接受这个数：须符合所比较事实的类型、小数位数和取值范围',
  en: 'is refused by the rulebook: it must have the type, the decimals and the range of what it is compared with',
}
