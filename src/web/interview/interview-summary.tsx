import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { entitles } from '../answer/outcome-mark.tsx'
import { entitlementLine } from '../answer/quantity.ts'
import type { Answer, Determination, DeterminationRequest, Fact } from '../api/client.ts'
import { useAsked } from '../household/asked.tsx'
import { Folded } from '../shell/folded.tsx'
import { NamedValues } from '../shell/named-values.tsx'
import { usePlaceName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { type Asking, askedOf, type Interview, nextQuestion, wentBack } from './interview.ts'
import { personName } from './person-name.ts'

interface SummaryProps {
  readonly answer: Answer
  readonly interview: Interview
  readonly facts: readonly Fact[]
  readonly request: DeterminationRequest
}

/** What the interview came to, to be printed and taken along. */
export function InterviewSummary({ answer, interview, facts, request }: SummaryProps) {
  const { w } = useWords()
  const { setInterview, change, submit } = useAsked()
  const [, go] = useLocation()
  const { determinations } = answer
  const granted = determinations.filter(({ outcome }) => outcome === 'eligible')
  const isOpen = nextQuestion(answer.questions, interview) !== undefined
  return (
    <>
      <section className="card">
        <h2 style={{ marginTop: 0 }}>{w.interview.summary}</h2>
        <p>
          {isOpen ? '' : w.interview.done}
          {w.interview.summaryHelp}
        </p>
        <p className="quiet">{w.answer.help}</p>
        <About answer={answer} people={interview.people} />
        <h3>{w.interview.eligible}</h3>
        <Outcomes determinations={granted.filter(entitles)} none={w.interview.nothing} />
        <Named determinations={granted.filter((one) => !entitles(one))} />
        <Open determinations={determinations.filter(({ outcome }) => outcome === 'unknown')} />
        <Folded summary={w.interview.ineligible}>
          <Outcomes
            determinations={determinations.filter(({ outcome }) => outcome === 'ineligible')}
            none={w.answer.empty.ineligible}
          />
        </Folded>
        <h3>{w.interview.answers}</h3>
        <ul>
          {interview.askings.map((asking) => (
            <Given key={`${asking.fact} ${asking.member}`} asking={asking} facts={facts} />
          ))}
        </ul>
      </section>
      <div className="row no-print">
        <Button onClick={() => window.print()}>{w.common.print}</Button>
        <Button
          variant="default"
          onClick={() => {
            change(askedOf(interview))
            submit(request)
            go('/answer')
          }}
        >
          {w.interview.full}
        </Button>
        {isOpen && (
          <Button variant="default" onClick={() => setInterview({ ...interview, stopped: false })}>
            {w.interview.goOn}
          </Button>
        )}
        {!isOpen && interview.askings.length > 0 && (
          <Button variant="default" onClick={() => setInterview(wentBack(interview))}>
            {w.interview.back}
          </Button>
        )}
        <Button variant="default" onClick={() => setInterview(null)}>
          {w.interview.restart}
        </Button>
      </div>
    </>
  )
}

/** The city, the day and the people asked about. */
function About({ answer, people }: { answer: Answer; people: number }) {
  const { w } = useWords()
  const place = usePlaceName()
  return (
    <NamedValues
      rows={[
        [w.household.city, place(answer.jurisdiction)],
        [w.household.asOf, answer.asOf],
        [w.interview.people, people],
      ]}
    />
  )
}

interface OutcomesProps {
  readonly determinations: readonly Determination[]
  readonly none: string
}

function Outcomes({ determinations, none }: OutcomesProps) {
  const { w } = useWords()
  if (determinations.length === 0) return <p>{none}</p>
  return (
    <ul>
      {determinations.map(({ programme, title, subject, entitlement }) => (
        <li key={programme + (subject.kind === 'member' ? subject.id : '')}>
          {title}
          {subject.kind === 'member' && ` · ${personName(subject.id, w)}`}
          {entitlement !== null && ` · ${entitlementLine(entitlement, w)}`}
        </li>
      ))}
    </ul>
  )
}

function Named({ determinations }: { determinations: readonly Determination[] }) {
  const { w } = useWords()
  if (determinations.length === 0) return null
  return (
    <>
      <h3>{w.interview.named}</h3>
      <p className="quiet">{w.answer.namedHelp}</p>
      <Outcomes determinations={determinations} none="" />
    </>
  )
}

function Open({ determinations }: { determinations: readonly Determination[] }) {
  const { w } = useWords()
  const official = determinations.filter(({ needs }) => needs === 'official')
  const skipped = determinations.filter(({ needs }) => needs !== 'official')
  return (
    <>
      <h3>{w.interview.unknown}</h3>
      {determinations.length === 0 && <p>{w.answer.empty.unknown}</p>}
      {official.length > 0 && (
        <Folded
          summary={w.common.aside(w.interview.byOfficial, official.length)}
          open={official.length <= 12}
        >
          <Outcomes determinations={official} none="" />
        </Folded>
      )}
      {skipped.length > 0 && (
        <Folded
          summary={w.common.aside(w.interview.bySkipped, skipped.length)}
          open={skipped.length <= 12}
        >
          <Outcomes determinations={skipped} none="" />
        </Folded>
      )}
    </>
  )
}

function Given({ asking, facts }: { asking: Asking; facts: readonly Fact[] }) {
  const { w, language } = useWords()
  const place = usePlaceName()
  const fact = facts.find(({ id }) => id === asking.fact)
  if (fact === undefined) return null
  const word = (value: string) =>
    fact.values?.[value]?.[language] ?? (fact.type === 'code' ? place(value) : value)
  const { value, member } = asking
  const text =
    value === undefined
      ? w.common.notKnown
      : typeof value === 'boolean'
        ? value
          ? w.common.yes
          : w.common.no
        : [value].flat().map(word).join(w.common.listComma) || w.common.none
  return (
    <li>
      {member !== null && `${personName(member, w)} · `}
      {fact.label[language]}
      {w.common.colon}
      {text}
      {typeof value === 'string' && fact.unit !== null && ` ${w.units[fact.unit] ?? fact.unit}`}
    </li>
  )
}
