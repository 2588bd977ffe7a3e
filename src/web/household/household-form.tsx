import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Fact, Programme } from '../api/client.ts'
import { fetchAnswerScreenAhead } from '../shell/load-answer-screen.ts'
import { Failed } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { type Asked, emptyAsked, isFilled, useAsked } from './asked.tsx'
import { ClearFirst } from './clear-first.tsx'
import { ErrorSummary, focusField } from './error-summary.tsx'
import { fieldErrorsOf } from './fault.ts'
import { People } from './people.tsx'
import { SubjectFacts } from './subject-facts.tsx'
import { useAsk } from './use-ask.ts'
import { useFactGroups } from './use-fact-groups.ts'
import { WhereAndWhen } from './where-and-when.tsx'

interface FormProps {
  readonly facts: readonly Fact[]
  readonly catalogue: readonly Programme[]
}

/** The caseworker's form. */
export function HouseholdForm({ facts, catalogue }: FormProps) {
  const { w, language } = useWords()
  const { asked, change, wanted } = useAsked()
  const [next, setNext] = useState<Asked | null>(null)
  const here = catalogue.filter(({ jurisdiction }) => jurisdiction === asked.jurisdiction)
  const chosen = here.filter(({ id }) => asked.programmes?.includes(id) ?? true)
  const { faults, failure, working, ask, forget } = useAsk(facts, chosen)
  const groups = useFactGroups(facts, chosen)
  useEffect(fetchAnswerScreenAhead, [])
  useWantedField()

  const who = (index: number) => w.common.member(index + 1, asked.members[index]?.called)
  const errors = fieldErrorsOf(faults, { asked, facts, who }, { w, language })
  const messages = new Map(errors.map(({ id, message }) => [id, message]))
  const opened = new Set([...messages.keys(), ...(wanted === null ? [] : [wanted])])
  const fill = (household: Asked) => {
    forget()
    change(household)
  }
  const fillAfterAsking = isFilled(asked) ? setNext : fill

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
      noValidate
    >
      <ErrorSummary errors={errors} found={faults} />
      {failure !== null && <Failed error={failure} again={() => void ask()} takesFocus />}
      <WhereAndWhen here={here} messages={messages} fill={fillAfterAsking} />
      {here.length === 0 ? (
        <p>{w.household.empty}</p>
      ) : (
        <>
          <section className="card">
            <h2 style={{ marginTop: 0 }}>{w.household.factsOf(w.common.household)}</h2>
            <SubjectFacts
              pointer="/household"
              subject="household"
              groups={groups.household}
              values={asked.facts}
              errors={messages}
              opened={opened}
              onChange={(name, value) => change({ facts: { ...asked.facts, [name]: value } })}
            />
          </section>
          <People groups={groups.member} {...{ messages, opened, who, forget }} />
        </>
      )}
      <div className="bar row">
        <Button type="submit" size="md" loading={working}>
          {working ? w.household.working : w.household.submit}
        </Button>
        <Button variant="default" onClick={() => fillAfterAsking(emptyAsked())}>
          {w.household.clearAll}
        </Button>
      </div>
      {next !== null && <ClearFirst clear={() => fill(next)} end={() => setNext(null)} />}
    </form>
  )
}

/** Opens the field that another screen wants filled in. */
function useWantedField() {
  const { wanted, want } = useAsked()
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
}
