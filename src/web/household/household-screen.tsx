import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { ApiProblem, type Fact, type Programme } from '../api/client.ts'
import { determination, facts, jurisdictions, programmes } from '../api/queries.ts'
import { fetchAnswerScreenAhead } from '../shell/load-answer-screen.ts'
import { Screen } from '../shell/screen.tsx'
import { Failed, Loading } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { emptyAsked, type Person, today, useAsked } from './asked.tsx'
import { ErrorSummary, type FieldError, focusField } from './error-summary.tsx'
import { groupFacts } from './group-facts.ts'
import { ProgrammeChoice } from './programme-choice.tsx'
import { SampleHouseholds } from './sample-households.tsx'
import { fieldId, SubjectFacts } from './subject-facts.tsx'
import { toRequest } from './to-request.ts'

/** The caseworker's form. */
export function HouseholdScreen() {
  const { w } = useWords()
  const dictionary = useQuery(facts)
  const catalogue = useQuery(programmes)
  return (
    <Screen title={w.household.title}>
      <p className="lead">{w.household.lead}</p>
      <p className="quiet">
        <span className="tag official">{w.common.official}</span> {w.common.officialHelp}
      </p>
      {dictionary.data !== undefined && catalogue.data !== undefined ? (
        <Form facts={dictionary.data} catalogue={catalogue.data} />
      ) : dictionary.error || catalogue.error ? (
        <Failed
          error={(dictionary.error ?? catalogue.error) as Error}
          again={() => {
            void dictionary.refetch()
            void catalogue.refetch()
          }}
        />
      ) : (
        <Loading />
      )}
    </Screen>
  )
}

interface FormProps {
  readonly facts: readonly Fact[]
  readonly catalogue: readonly Programme[]
}

function Form({ facts, catalogue }: FormProps) {
  const { w, language } = useWords()
  const { asked, change, submit, submitted, wanted, want } = useAsked()
  const [, go] = useLocation()
  const client = useQueryClient()
  const cities = useQuery(jurisdictions).data ?? []
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [failure, setFailure] = useState<Error | null>(null)
  const [working, setWorking] = useState(false)
  const here = catalogue.filter(({ jurisdiction }) => jurisdiction === asked.jurisdiction)
  const chosen = here.filter(({ id }) => asked.programmes?.includes(id) ?? true)

  // Facts that only an answer shows to be needed: a derivation that ended in "not known".
  const before =
    submitted === null
      ? undefined
      : client.getQueryData(determination(submitted, language).queryKey)
  const missed = new Set(before?.determinations.flatMap(({ missing }) => missing.map(factOf)))
  const ids = chosen.map(({ id }) => id).join()
  const missedIds = [...missed].join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lists are compared by their ids
  const groups = useMemo(
    () => ({
      household: groupFacts(facts, chosen, 'household', missed),
      member: groupFacts(facts, chosen, 'member', missed),
    }),
    [facts, ids, missedIds],
  )

  useEffect(fetchAnswerScreenAhead, [])
  useEffect(() => {
    if (wanted === null) return
    // After the screen has given focus to its heading; the field's group stays open by itself then.
    const focus = setTimeout(() => focusField(wanted), 50)
    const forget = setTimeout(() => want(null), 500)
    return () => {
      clearTimeout(focus)
      clearTimeout(forget)
    }
  }, [wanted, want])

  const messages = new Map(errors.map(({ id, message }) => [id, message]))
  const opened = new Set([...messages.keys(), ...(wanted === null ? [] : [wanted])])
  const setMember = (index: number, next: Partial<Person>) =>
    change({
      members: asked.members.map((one, at) => (at === index ? { ...one, ...next } : one)),
    })
  const who = (index: number) => w.common.member(index + 1, asked.members[index]?.called)

  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    setFailure(null)
    if (asked.jurisdiction === '')
      return setErrors([
        { id: 'f-jurisdiction', name: w.household.city, message: w.household.empty },
      ])
    if (chosen.length === 0)
      return setErrors([
        { id: 'f-programmes', name: w.household.which, message: w.household.pickOne },
      ])
    const request = toRequest(asked, facts)
    setWorking(true)
    try {
      await client.fetchQuery(determination(request, language))
      setErrors([])
      submit(request)
      go('/answer')
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.errors !== undefined)
        setErrors(
          error.problem.errors.map(({ pointer, message }) => ({
            id: fieldId(pointer),
            name: nameOfPointer(pointer),
            message,
          })),
        )
      else setFailure(error as Error)
    } finally {
      setWorking(false)
    }
  }

  const nameOfPointer = (pointer: string) => {
    const [, , second, third, fourth] = pointer.split('/')
    const inMember = second === 'members'
    const id = inMember ? `member.${fourth}` : `household.${second}`
    const label = facts.find((fact) => fact.id === id)?.label[language] ?? pointer
    if (pointer === '/asOf') return w.household.asOf
    return inMember ? `${who(Number(third))}${w.common.colon}${label}` : label
  }

  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <ErrorSummary errors={errors} />
      {failure !== null && <Failed error={failure} again={() => setFailure(null)} />}
      <section className="card">
        <h2 style={{ marginTop: 0 }}>{w.household.where}</h2>
        <div className="fields">
          <NativeSelect
            id="f-jurisdiction"
            label={w.household.city}
            error={messages.get('f-jurisdiction')}
            value={asked.jurisdiction}
            onChange={(event) =>
              change({ jurisdiction: event.currentTarget.value, programmes: null })
            }
            data={[
              { value: '', label: '—' },
              ...cities.map(({ code, name }) => ({ value: code, label: name[language] })),
            ]}
          />
          <div>
            <TextInput
              id="f-asOf"
              type="date"
              label={w.household.asOf}
              description={w.household.asOfHelp}
              error={messages.get('f-asOf')}
              value={asked.asOf}
              onChange={(event) => change({ asOf: event.currentTarget.value })}
            />
            <button
              type="button"
              className="plain-button"
              onClick={() => change({ asOf: today() })}
            >
              {w.household.today}
            </button>
          </div>
          <SampleHouseholds fill={change} />
        </div>
        {here.length > 0 && (
          <ProgrammeChoice
            programmes={here}
            chosen={asked.programmes}
            onChange={(next) => change({ programmes: next })}
            error={messages.get('f-programmes')}
          />
        )}
      </section>

      {here.length === 0 ? (
        <p>{w.household.empty}</p>
      ) : (
        <>
          <section className="card">
            <h2 style={{ marginTop: 0 }}>{w.household.factsOf(w.common.household)}</h2>
            <SubjectFacts
              pointer="/household"
              groups={groups.household}
              values={asked.facts}
              errors={messages}
              opened={opened}
              onChange={(name, value) => change({ facts: { ...asked.facts, [name]: value } })}
            />
          </section>
          <h2>{w.household.members}</h2>
          <p className="quiet">{w.household.membersHelp}</p>
          {asked.members.map((member, index) => (
            <section className="card" key={member.id} aria-label={who(index)}>
              <div className="row apart">
                <h3>{who(index)}</h3>
                {asked.members.length > 1 && (
                  <Button
                    variant="default"
                    size="xs"
                    onClick={() =>
                      change({ members: asked.members.filter((_, at) => at !== index) })
                    }
                  >
                    {w.household.removeMember(who(index))}
                  </Button>
                )}
              </div>
              <TextInput
                label={w.household.called}
                value={member.called}
                maw="24rem"
                mb="sm"
                autoComplete="off"
                onChange={(event) => setMember(index, { called: event.currentTarget.value })}
              />
              <SubjectFacts
                pointer={`/household/members/${index}`}
                groups={groups.member}
                values={member.facts}
                errors={messages}
                opened={opened}
                same={index === 0 ? undefined : asked.members[0]?.facts}
                sameAs={w.household.sameAs(who(0))}
                onChange={(name, value) =>
                  setMember(index, { facts: { ...member.facts, [name]: value } })
                }
              />
            </section>
          ))}
          <Button
            variant="default"
            disabled={asked.members.length >= 50}
            onClick={() =>
              change({
                members: [...asked.members, { id: freeId(asked.members), called: '', facts: {} }],
              })
            }
          >
            {w.household.addMember}
          </Button>
        </>
      )}
      <div className="bar row">
        <Button type="submit" size="md" loading={working}>
          {working ? w.household.working : w.household.submit}
        </Button>
        <Button variant="default" onClick={() => change(emptyAsked())}>
          {w.household.clearAll}
        </Button>
      </div>
    </form>
  )
}

/** `members/m1/x` or `household.x` as the id of its fact. */
function factOf(missing: string): string {
  const [, , name] = missing.split('/')
  return name === undefined ? missing : `member.${name}`
}

function freeId(members: readonly Person[]): string {
  const taken = new Set(members.map(({ id }) => id))
  let n = members.length + 1
  while (taken.has(`m${n}`)) n += 1
  return `m${n}`
}
