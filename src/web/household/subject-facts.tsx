import type { Fact } from '../api/client.ts'
import { useWords } from '../words/use-words.ts'
import { type FactValue, type FactValues, useOpening } from './asked.tsx'
import { FactField } from './fact-field.tsx'
import { fieldId } from './field-id.ts'
import type { FactGroup } from './group-facts.ts'

export interface SubjectFactsProps {
  /** JSON pointer of the subject in the request, such as /household/members/0 */
  readonly pointer: string
  /** Who it is, wherever it stands: `household` or the id of a person. */
  readonly subject: string
  readonly groups: readonly FactGroup[]
  readonly values: FactValues
  readonly onChange: (name: string, value: FactValue | undefined) => void
  readonly errors: ReadonlyMap<string, string>
  /** Ids of fields whose group must be open. */
  readonly opened: ReadonlySet<string>
  /** What another member has for the same facts, to be taken over without typing. */
  readonly same?: FactValues | undefined
  readonly sameAs?: string
}

/** Name of a fact without its entity. */
const nameOf = ({ id, entity }: Fact) => id.slice(entity.length + 1)

/** More groups than this stand together under one heading. */
const MOST_GROUPS = 6

/** The facts of one subject in groups that open one by one. */
export function SubjectFacts(props: SubjectFactsProps) {
  const { groups } = props
  if (groups.length <= MOST_GROUPS)
    return groups.map((group, index) => (
      <Group key={group.key} {...props} group={group} first={index === 0} />
    ))
  const shared = groups.filter(({ programme }) => programme === null)
  const own = groups.filter(({ programme }) => programme !== null)
  return (
    <>
      {shared.map((group) => (
        <Group key={group.key} {...props} group={group} first />
      ))}
      <Gathered {...props} groups={own} first={shared.length === 0} />
    </>
  )
}

/** Groups of single programmes, under one heading that counts them all. */
function Gathered(props: SubjectFactsProps & { first: boolean }) {
  const { w } = useWords()
  const { groups, pointer, subject, values, opened } = props
  const [open, setOpen] = useOpening(`form/${subject}`, props.first)
  const facts = groups.flatMap((group) => group.facts)
  const shown = open || facts.some((fact) => opened.has(fieldId(`${pointer}/${nameOf(fact)}`)))
  const known = facts.filter((fact) => values[nameOf(fact)] !== undefined).length
  return (
    <details
      className="group"
      open={shown}
      onToggle={(event) => {
        if (event.target === event.currentTarget) setOpen(event.currentTarget.open)
      }}
    >
      <summary>
        {w.household.single(groups.length)}{' '}
        <span className="quiet">{w.household.known(known, facts.length)}</span>
      </summary>
      {shown &&
        groups.map((group) => <Group key={group.key} {...props} group={group} first={false} />)}
    </details>
  )
}

function Group(props: SubjectFactsProps & { group: FactGroup; first: boolean }) {
  const { w, language } = useWords()
  const { group, values, pointer, subject, opened } = props
  const [open, setOpen] = useOpening(`form/${subject}/${group.key}`, props.first)
  const ids = group.facts.map((fact) => fieldId(`${pointer}/${nameOf(fact)}`))
  const shown = open || ids.some((id) => opened.has(id))
  const known = group.facts.filter((fact) => values[nameOf(fact)] !== undefined).length
  const title = group.programme === null ? w.household.shared : group.programme.name[language]
  return (
    <details className="group" open={shown} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {title} <span className="quiet">{w.household.known(known, group.facts.length)}</span>
      </summary>
      {shown && (
        <div className="fields">
          {group.facts.map((fact) => (
            <Field key={fact.id} {...props} fact={fact} />
          ))}
        </div>
      )}
    </details>
  )
}

function Field(props: SubjectFactsProps & { fact: Fact }) {
  const { fact, pointer, values, onChange, errors, same, sameAs } = props
  const name = nameOf(fact)
  const id = fieldId(`${pointer}/${name}`)
  const value = values[name]
  const other = value === undefined ? same?.[name] : undefined
  return (
    <div>
      <FactField
        id={id}
        fact={fact}
        value={value}
        error={errors.get(id)}
        onChange={(next) => onChange(name, next)}
      />
      {other !== undefined && (
        <button type="button" className="plain-button" onClick={() => onChange(name, other)}>
          {sameAs}
        </button>
      )}
    </div>
  )
}
