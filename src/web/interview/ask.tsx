import { Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Answer, Fact, Question } from '../api/client.ts'
import { programmes } from '../api/queries.ts'
import { type FactValue, useAsked } from '../household/asked.tsx'
import { focusField } from '../household/error-summary.tsx'
import { FactField } from '../household/fact-field.tsx'
import { Failed } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { answered, type Interview, pointerOf, takenBackAnswer, wentBack } from './interview.ts'
import { personName } from './person-name.ts'
import { messageAt, useStep } from './use-step.ts'

interface AskProps {
  readonly facts: readonly Fact[]
  readonly interview: Interview
  readonly question: Question
  readonly answer: Answer
}

/** One question; it stays, with what was typed, until the service takes the answer. */
export function Ask({ interview, question, facts, answer }: AskProps) {
  const { w, language } = useWords()
  const { setInterview } = useAsked()
  const [value, setValue] = useState(() => takenBackAnswer(question, interview))
  const [unanswered, setUnanswered] = useState(false)
  const { stepTo, working, failed, forget } = useStep(facts)
  const heading = useRef<HTMLHeadingElement>(null)
  const asked = useAddressed(question, facts)
  const refused = messageAt(failed, pointerOf(question))
  const wrong = unanswered ? w.interview.choose : refused
  useEffect(() => {
    heading.current?.focus()
  }, [])
  useEffect(() => {
    if (wrong !== undefined) focusField('f-question')
  }, [wrong])
  if (asked === undefined) return null
  const step = (given: FactValue | undefined) => void stepTo(answered(interview, question, given))
  return (
    <form
      className="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (value === undefined || value === '') return setUnanswered(true)
        step(value)
      }}
    >
      <HowFar answer={answer} />
      <h2 ref={heading} tabIndex={-1}>
        {w.interview.question(interview.askings.length + 1)}
      </h2>
      <p>
        <strong>{asked.about}</strong>
      </p>
      <FactField
        id="f-question"
        fact={asked.fact}
        value={value}
        onChange={(next) => {
          setValue(next)
          setUnanswered(false)
          forget()
        }}
        error={wrong}
        wording="question"
      />
      {failed !== null && refused === undefined && <Failed {...failed} />}
      <Why question={question} language={language} />
      <div className="row" style={{ marginTop: '1rem' }} onClickCapture={onceOnly}>
        <Button type="submit" size="md" loading={working}>
          {w.interview.next}
        </Button>
        <Button
          variant="default"
          size="md"
          disabled={working}
          onClick={() => {
            setUnanswered(false)
            step(undefined)
          }}
        >
          {w.interview.notSure}
        </Button>
        {interview.askings.length > 0 && (
          <Button variant="default" size="md" onClick={() => setInterview(wentBack(interview))}>
            {w.interview.back}
          </Button>
        )}
        <Button
          variant="default"
          size="md"
          onClick={() => setInterview({ ...interview, stopped: true })}
        >
          {w.interview.stop}
        </Button>
      </div>
    </form>
  )
}

/** The second click of a double click was meant for the question before. */
function onceOnly(event: React.MouseEvent) {
  if (event.detail <= 1) return
  event.preventDefault()
  event.stopPropagation()
}

/** A question's fact in words addressed to its subject, and whom it is about. */
function useAddressed({ fact: id, subject }: Question, facts: readonly Fact[]) {
  const { w, language } = useWords()
  const fact = facts.find((one) => one.id === id)
  if (fact === undefined) return undefined
  if (subject.kind === 'household') return { fact, about: w.interview.aboutHousehold }
  const who = subject.id === 'm1' ? null : personName(subject.id, w)
  const text = w.interview.addressed(fact.question[language], who)
  return {
    fact: { ...fact, question: { ...fact.question, [language]: text } },
    about: who === null ? w.interview.aboutMe : w.interview.about(who),
  }
}

/** How many outcomes are settled so far. */
function HowFar({ answer: { determinations } }: { answer: Answer }) {
  const { w } = useWords()
  const settled = determinations.filter(({ outcome }) => outcome !== 'unknown').length
  const progress = w.interview.progress(settled, determinations.length)
  return (
    <>
      <Progress
        value={(100 * settled) / Math.max(1, determinations.length)}
        aria-label={progress}
      />
      <p className="quiet">{progress}</p>
    </>
  )
}

/** Which benefits the question decides. */
function Why({ question, language }: { question: Question; language: 'zh' | 'en' }) {
  const { w } = useWords()
  const catalogue = useQuery(programmes).data ?? []
  const names = question.decides.map(
    (id) => catalogue.find((one) => one.id === id)?.name[language] ?? id,
  )
  return (
    <details className="more" open={names.length <= 6}>
      <summary>
        {w.interview.why}
        {w.common.colon}
        {w.interview.decides(names.length)}
      </summary>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  )
}
