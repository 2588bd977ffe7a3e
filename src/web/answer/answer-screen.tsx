import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { startTransition, useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Answer, Determination, DeterminationRequest } from '../api/client.ts'
import { determination, jurisdictions } from '../api/queries.ts'
import { useAsked } from '../household/asked.tsx'
import { useOutdated } from '../household/use-outdated.ts'
import { Folded } from '../shell/folded.tsx'
import { Screen } from '../shell/screen.tsx'
import { Empty, Fetched } from '../shell/states.tsx'
import { useProgrammeName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { useMoment } from './moment.ts'
import { entitles } from './outcome-mark.tsx'
import { Outdated } from './outdated.tsx'
import { RecordDecision } from './record-decision.tsx'
import { SubjectAnswer, useSubjectName } from './subject-answer.tsx'

const ORDER = ['eligible', 'unknown', 'ineligible'] as const
type Outcome = (typeof ORDER)[number]

/** One programme and its determinations, at its best outcome. */
interface Card {
  readonly programme: string
  readonly title: string
  readonly outcome: Outcome
  readonly determinations: readonly Determination[]
}

/** The answer for the household submitted. */
export default function AnswerScreen() {
  const { w } = useWords()
  const { submitted } = useAsked()
  return (
    <Screen title={w.answer.title}>
      {submitted === null ? (
        <Empty title={w.answer.none} help={w.answer.noneHelp}>
          <Button component={Link} href="/">
            {w.answer.toHousehold}
          </Button>
        </Empty>
      ) : (
        <Answered request={submitted} />
      )}
    </Screen>
  )
}

function Answered({ request }: { request: DeterminationRequest }) {
  const { language } = useWords()
  const query = useQuery(determination(request, language))
  const outdated = useOutdated()
  return (
    <Fetched query={query}>
      {(answer) => (
        <>
          {outdated && <Outdated />}
          <div className={outdated ? 'no-print' : undefined}>
            <Cards {...{ answer, request }} />
          </div>
        </>
      )}
    </Fetched>
  )
}

interface CardsProps {
  readonly answer: Answer
  readonly request: DeterminationRequest
}

function Cards({ answer, request }: CardsProps) {
  const { w, language } = useWords()
  const cities = useQuery(jurisdictions).data ?? []
  const city = cities.find(({ code }) => code === answer.jurisdiction)?.name[language] ?? ''
  const cards = cardsOf(answer)
  const sections = useSections()
  const when = useMoment()
  const outdated = useOutdated()
  const count = (outcome: Outcome) => cards.filter((card) => card.outcome === outcome)
  return (
    <>
      <p className="row">
        <strong>{w.answer.about(city, answer.asOf, request.household.members.length)}</strong>
        <Link href="/" className="no-print">
          {w.answer.edit}
        </Link>
        {!outdated && (
          <button type="button" className="plain-button no-print" onClick={() => window.print()}>
            {w.common.print}
          </button>
        )}
      </p>
      <p className="lead">{w.answer.help}</p>
      <p className="quiet">
        {Object.entries(answer.warnings).find(([code]) => code === 'unchecked-source')?.[1]}
      </p>
      {ORDER.slice(0, sections).map((outcome) => (
        <section key={outcome} aria-labelledby={`s-${outcome}`}>
          <h2 id={`s-${outcome}`}>
            {w.answer.sections[outcome]}{' '}
            <span className="quiet">{w.answer.count(count(outcome).length)}</span>
          </h2>
          {count(outcome).length === 0 && <p>{w.answer.empty[outcome]}</p>}
          {count(outcome).map((card) => (
            <ProgrammeCard key={card.programme} card={card} answer={answer} request={request} />
          ))}
        </section>
      ))}
      <Referrals answer={answer} />
      <NotInForce answer={answer} />
      <RecordDecision answer={answer} request={request} />
      <p className="quiet">
        {w.answer.rulebook} <code>{answer.rulebook.digest}</code> · {w.answer.knownAt}{' '}
        {when(answer.knownAt)}
      </p>
    </>
  )
}

/** How many sections to show: the first at once, the others once it has been painted. */
function useSections(): number {
  const [count, setCount] = useState(1)
  useEffect(() => {
    const soon = setTimeout(() => startTransition(() => setCount(ORDER.length)), 30)
    return () => clearTimeout(soon)
  }, [])
  return count
}

/** By programme; at the best outcome of its subjects, its subjects in that order too. */
function cardsOf({ determinations }: Answer): readonly Card[] {
  const programmes = new Map<string, Determination[]>()
  for (const one of determinations)
    programmes.set(one.programme, [...(programmes.get(one.programme) ?? []), one])
  const cards = [...programmes].map(([programme, all]) => {
    const sorted = [...all].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))
    const [best] = sorted as [Determination]
    return { programme, title: best.title, outcome: best.outcome, determinations: sorted }
  })
  // What entitles comes before what only names a group.
  return cards.sort((a, b) => Number(grants(b)) - Number(grants(a)))
}

const grants = ({ outcome, determinations: [best] }: Card) =>
  outcome === 'eligible' && best !== undefined && entitles(best)

function ProgrammeCard({ card, answer, request }: CardsProps & { card: Card }) {
  const { programme, title, outcome, determinations } = card
  return (
    <article className={`card ${outcome}`}>
      <h3>
        <Link href={`/rules/${programme}`}>{title}</Link>
      </h3>
      {determinations.map((one) => (
        <SubjectAnswer
          key={one.subject.kind === 'household' ? '' : one.subject.id}
          determination={one}
          answer={answer}
          request={request}
          open={determinations.length === 1 && answer.determinations.length <= 3}
        />
      ))}
    </article>
  )
}

function Referrals({ answer: { referrals, clauses } }: { answer: Answer }) {
  const { w } = useWords()
  const name = useSubjectName()
  if (referrals.length === 0) return null
  const byClause = new Map(referrals.map((one) => [one.clause, one]))
  const about = (id: string) =>
    referrals.filter(({ clause }) => clause === id).map(({ subject }) => name(subject))
  return (
    <Folded summary={w.common.aside(w.answer.referrals, byClause.size)}>
      <p>{w.answer.referralsHelp}</p>
      <ul>
        {[...byClause.values()].map(({ clause, title, reason }) => (
          <li key={clause}>
            <Link href={`/documents/${clauses[clause]?.document}/${clause}`}>{title}</Link>
            {w.common.aside('', about(clause).join(w.common.listComma))}
            {w.common.colon}
            {reason}
          </li>
        ))}
      </ul>
    </Folded>
  )
}

function NotInForce({ answer: { notInForce } }: { answer: Answer }) {
  const { w } = useWords()
  const name = useProgrammeName()
  if (notInForce.length === 0) return null
  return (
    <Folded summary={w.common.aside(w.answer.notInForce, notInForce.length)}>
      <ul>
        {notInForce.map(({ programme, reason, nearest }) => (
          <li key={programme}>
            <Link href={`/rules/${programme}`}>{name(programme)}</Link>
            {w.common.colon}
            {w.answer.notInForceReason[reason]}
            {nearest !== null && ` · ${w.answer.nearest} ${nearest.split('@')[1]}`}
          </li>
        ))}
      </ul>
    </Folded>
  )
}
