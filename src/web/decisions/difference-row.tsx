import { useQuery } from '@tanstack/react-query'
import { outcomeWord } from '../answer/outcome-mark.tsx'
import { entitlementLine, quantity } from '../answer/quantity.ts'
import type { Answer, Determination, Fact, Schemas } from '../api/client.ts'
import { facts } from '../api/queries.ts'
import { readUnit } from '../words/use-names.ts'
import { type Language, type PageWords, useWords } from '../words/use-words.ts'
import { factText } from './fact-text.ts'

/** One of the two answers, and its determination of the programme and subject, if any. */
export interface Side {
  readonly determination: Determination | undefined
  readonly answer: Answer
}

interface DifferenceRowProps {
  readonly difference: Schemas['Difference']
  readonly before: Side
  readonly after: Side
}

/** One field that differs: as recorded, and as determined again. */
export function DifferenceRow({ difference, before, after }: DifferenceRowProps) {
  const { w, language } = useWords()
  const dictionary = useQuery(facts).data ?? []
  const { field, recorded, replayed } = difference
  const [, condition, part = field] = /^reasons(.+)\/(\w+)$/.exec(field) ?? []
  const about = { part, condition, w, language, dictionary }
  return (
    <tr>
      <th scope="row">
        {condition !== undefined && (
          <>
            {factLabel(condition, [before, after], about)}{' '}
            <code className="quiet">{condition}</code>
            <br />
          </>
        )}
        {w.decisions.replay.fields[part] ?? part}
      </th>
      <td>{valueText(recorded, before, about)}</td>
      <td>{valueText(replayed, after, about)}</td>
    </tr>
  )
}

const reasonAt = (condition: string | undefined, { determination }: Side) =>
  determination?.reasons.find((one) => one.condition === condition)

interface About {
  readonly part: string
  readonly condition: string | undefined
  readonly w: PageWords
  readonly language: Language
  readonly dictionary: readonly Fact[]
}

/** What a condition is about; its own words would name the figure of one side only. */
function factLabel(condition: string, sides: readonly Side[], about: About): string {
  const reason = sides.map((side) => reasonAt(condition, side)).find((one) => one !== undefined)
  const fact = about.dictionary.find(({ id }) => id === reason?.fact)
  return fact?.label[about.language] ?? ''
}

function valueText(value: unknown, side: Side, about: About): string {
  const { part, condition, w } = about
  const { determination } = side
  if (part === 'outcome') return outcomeText(value as Determination['outcome'] | null, side, w)
  if (determination === undefined) return w.decisions.replay.notDetermined
  if (part === 'amount') {
    const { entitlement } = determination
    return entitlement === null ? w.decisions.replay.nothing : entitlementLine(entitlement, w)
  }
  if (part === 'clauses') return listed(value, (id) => clauseText(id, side), w)
  if (part === 'missing') return listed(value, (place) => placeText(place, about), w)
  const reason = reasonAt(condition, side)
  if (reason === undefined) return w.decisions.replay.nothing
  if (part === 'met') return value === null ? w.answer.open : value ? w.answer.met : w.answer.notMet
  const fact = about.dictionary.find(({ id }) => id === reason.fact)
  if (typeof value === 'number') return quantity(value, readUnit(fact) ?? reason.unit, w)
  return factText(value, fact, about)
}

/** The outcome that differs; what is kept for ever may be another than that of the answer. */
function outcomeText(
  outcome: Determination['outcome'] | null,
  { determination }: Side,
  w: PageWords,
): string {
  if (outcome === null) return w.decisions.replay.notDetermined
  return determination === undefined
    ? w.answer.outcome[outcome]
    : outcomeWord({ ...determination, outcome }, w)
}

function listed(value: unknown, textOf: (one: string) => string, w: PageWords): string {
  const all = Array.isArray(value) ? (value as readonly string[]) : []
  return all.length === 0 ? w.decisions.replay.nothing : all.map(textOf).join('; ')
}

function clauseText(id: string, { answer }: Side): string {
  const clause = answer.clauses[id]
  return clause === undefined ? id : `${clause.number ?? clause.title} ${clause.locator}`
}

function placeText(place: string, { dictionary, language }: About): string {
  const [, id = '', member] = place.split('/')
  const fact = dictionary.find((one) => one.id === (member ? `member.${member}` : place))
  const label = fact?.label[language] ?? place
  return member === undefined ? label : `${id} · ${label}`
}
