import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { type Person, useAsked } from './asked.tsx'
import type { FactGroup } from './group-facts.ts'
import { SubjectFacts } from './subject-facts.tsx'

interface PeopleProps {
  readonly groups: readonly FactGroup[]
  /** What is wrong, by the id of its field. */
  readonly messages: ReadonlyMap<string, string>
  readonly opened: ReadonlySet<string>
  readonly who: (index: number) => string
  /** Takes back what was said of the household before. */
  readonly forget: () => void
}

/** A service takes so many people at most. */
const MOST = 50

/** The people of the household; they come and go, and focus goes with them. */
export function People({ forget, ...shown }: PeopleProps) {
  const { w } = useWords()
  const { asked, change } = useAsked()
  const { members } = asked
  const focusNext = useFocusNext()
  const remove = (index: number) => {
    forget()
    change({ members: members.filter((_, at) => at !== index) })
    const beside = members[index + 1] ?? members[index - 1]
    if (beside !== undefined) focusNext(headingId(beside))
  }
  const add = () => {
    const person = { id: freeId(members), called: '', facts: {} }
    change({ members: [...members, person] })
    focusNext(nameId(person))
  }
  return (
    <>
      <h2>{w.household.members}</h2>
      <p className="quiet">{w.household.membersHelp}</p>
      {members.map((member, index) => (
        <OnePerson
          key={member.id}
          {...shown}
          {...{ member, index }}
          remove={members.length > 1 ? () => remove(index) : undefined}
        />
      ))}
      <Button variant="default" disabled={members.length >= MOST} onClick={add}>
        {w.household.addMember}
      </Button>
    </>
  )
}

interface PersonProps extends Omit<PeopleProps, 'forget'> {
  readonly member: Person
  readonly index: number
  /** Undefined: the last one stays. */
  readonly remove: (() => void) | undefined
}

function OnePerson({ member, index, groups, messages, opened, who, remove }: PersonProps) {
  const { w } = useWords()
  const { asked, change } = useAsked()
  const set = (next: Partial<Person>) =>
    change({
      members: asked.members.map((one) => (one.id === member.id ? { ...one, ...next } : one)),
    })
  return (
    <section className="card" aria-label={who(index)}>
      <div className="row apart">
        <h3 id={headingId(member)} tabIndex={-1}>
          {who(index)}
        </h3>
        {remove !== undefined && (
          <Button variant="default" size="xs" onClick={remove}>
            {w.household.removeMember(who(index))}
          </Button>
        )}
      </div>
      <TextInput
        id={nameId(member)}
        label={w.household.called}
        value={member.called}
        maw="24rem"
        mb="sm"
        autoComplete="off"
        onChange={(event) => set({ called: event.currentTarget.value })}
      />
      <SubjectFacts
        pointer={`/household/members/${index}`}
        subject={member.id}
        groups={groups}
        values={member.facts}
        errors={messages}
        opened={opened}
        same={index === 0 ? undefined : asked.members[0]?.facts}
        sameAs={w.household.sameAs(who(0))}
        onChange={(name, value) => set({ facts: { ...member.facts, [name]: value } })}
      />
    </section>
  )
}

const headingId = ({ id }: Person) => `person-${id}`
const nameId = ({ id }: Person) => `called-${id}`

function freeId(members: readonly Person[]): string {
  const taken = new Set(members.map(({ id }) => id))
  let n = members.length + 1
  while (taken.has(`m${n}`)) n += 1
  return `m${n}`
}

/** Moves focus to something by its id, once it is there. */
function useFocusNext(): (id: string) => void {
  const [next, setNext] = useState<string | null>(null)
  useEffect(() => {
    if (next === null) return
    document.getElementById(next)?.focus()
    setNext(null)
  }, [next])
  return setNext
}
