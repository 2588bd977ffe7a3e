import { Button, NativeSelect, Progress, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Answer, ApiProblem, type Fact, type Question } from '../api/client.ts'
import { determination, facts, jurisdictions, programmes } from '../api/queries.ts'
import { type FactValue, today, useAsked } from '../household/asked.tsx'
import { FactField } from '../household/fact-field.tsx'
import { Screen } from '../shell/screen.tsx'
import { Failed, Fetched, Loading } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { answered, type Interview, nextQuestion, requestOf } from './interview.ts'
import { InterviewSummary } from './interview-summary.tsx'
import { personName } from './person-name.ts'

/** The citizen's way: one question at a time. */
export default function InterviewScreen() {
  const { w } = useWords()
  const { interview } = useAsked()
  const dictionary = useQuery(facts)
  return (
    <Screen title={w.interview.title}>
      <p className="lead no-print">{w.interview.lead}</p>
      {interview === null ? (
        <Beginning />
      ) : (
        <Fetched query={dictionary}>
          {(known) => <Running facts={known} interview={interview} />}
        </Fetched>
      )}
    </Screen>
  )
}

function Beginning() {
  const { w, language } = useWords()
  const { setInterview } = useAsked()
  const cities = useQuery(jurisdictions).data ?? []
  const [jurisdiction, setJurisdiction] = useState('')
  const [asOf, setAsOf] = useState(today())
  const [people, setPeople] = useState('1')
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        const start = { jurisdiction, asOf, people: Number(people) }
        setInterview({ ...start, askings: [], stopped: false })
      }}
    >
      <div className="fields">
        <NativeSelect
          label={w.interview.where}
          required
          value={jurisdiction}
          onChange={(event) => setJurisdiction(event.currentTarget.value)}
          data={[
            { value: '', label: '—' },
            ...cities.map(({ code, name }) => ({ value: code, label: name[language] })),
          ]}
        />
        <NativeSelect
          label={w.interview.who}
          description={w.interview.whoHelp}
          value={people}
          onChange={(event) => setPeople(event.currentTarget.value)}
          data={Array.from({ length: 12 }, (_, index) => String(index + 1))}
        />
        <TextInput
          label={w.interview.when}
          type="date"
          required
          value={asOf}
          onChange={(event) => setAsOf(event.currentTarget.value)}
        />
      </div>
      <Button type="submit" size="md" mt="md">
        {w.interview.start}
      </Button>
    </form>
  )
}

interface RunningProps {
  readonly facts: readonly Fact[]
  readonly interview: Interview
}

function Running({ facts, interview }: RunningProps) {
  const { language } = useWords()
  const { setInterview } = useAsked()
  const request = requestOf(interview, facts)
  const query = useQuery({
    ...determination(request, language),
    placeholderData: keepPreviousData,
  })
  const { data, error, isPlaceholderData } = query
  if (error !== null) {
    // A value that is not understood: back to its question with what the service says.
    const last = interview.askings.at(-1)
    if (error instanceof ApiProblem && last !== undefined)
      return (
        <Failed
          error={error}
          again={() => setInterview({ ...interview, askings: interview.askings.slice(0, -1) })}
        />
      )
    return <Failed error={error} again={() => void query.refetch()} />
  }
  if (data === undefined || isPlaceholderData) return <Loading />
  const question = interview.stopped ? undefined : nextQuestion(data.questions, interview)
  if (question === undefined)
    return <InterviewSummary answer={data} interview={interview} facts={facts} request={request} />
  return (
    <Ask
      key={`${question.fact} ${interview.askings.length}`}
      {...{ interview, question, facts }}
      answer={data}
    />
  )
}

interface AskProps extends RunningProps {
  readonly question: Question
  readonly answer: Answer
}

function Ask({ interview, question, facts, answer }: AskProps) {
  const { w, language } = useWords()
  const { setInterview } = useAsked()
  const [value, setValue] = useState<FactValue | undefined>(undefined)
  const [error, setError] = useState<string | undefined>(undefined)
  const heading = useRef<HTMLHeadingElement>(null)
  const fact = facts.find(({ id }) => id === question.fact)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  if (fact === undefined) return null
  const { determinations } = answer
  const settled = determinations.filter(({ outcome }) => outcome !== 'unknown').length
  const { askings } = interview
  const progress = w.interview.progress(settled, determinations.length)
  return (
    <form
      className="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (value === undefined || value === '') return setError(w.interview.choose)
        setInterview(answered(interview, question, value))
      }}
    >
      <Progress
        value={(100 * settled) / Math.max(1, determinations.length)}
        aria-label={progress}
      />
      <p className="quiet">{progress}</p>
      <h2 ref={heading} tabIndex={-1}>
        {w.interview.question(askings.length + 1)}
        {question.subject.kind === 'member' && interview.people > 1 && (
          <> · {w.interview.about(personName(question.subject.id, w))}</>
        )}
      </h2>
      <FactField
        id="f-question"
        fact={fact}
        value={value}
        onChange={(next) => {
          setValue(next)
          setError(undefined)
        }}
        error={error}
        wording="question"
      />
      <Why question={question} language={language} />
      <div className="row" style={{ marginTop: '1rem' }}>
        <Button type="submit" size="md">
          {w.interview.next}
        </Button>
        <Button
          variant="default"
          size="md"
          onClick={() => setInterview(answered(interview, question, undefined))}
        >
          {w.interview.notSure}
        </Button>
        {askings.length > 0 && (
          <Button
            variant="default"
            size="md"
            onClick={() => setInterview({ ...interview, askings: askings.slice(0, -1) })}
          >
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
