import { Link, useLocation, useParams } from 'wouter'
import type { Asking } from '../api/client.ts'
import { isUnfinished, type Screening } from '../api/screenings.ts'
import { BehindSignIn } from '../shell/behind-sign-in.tsx'
import { Fault } from '../shell/fetched-by-right.tsx'
import { Screen } from '../shell/screen.tsx'
import { Loading } from '../shell/states.tsx'
import { beijing } from '../words/beijing.ts'
import { useWords } from '../words/use-words.ts'
import { ColumnCheck } from './column-check.tsx'
import { Downloads } from './downloads.tsx'
import { ImpactView } from './impact-view.tsx'
import { countWord } from './in-words.ts'
import { OutcomeTable } from './outcome-table.tsx'
import { RejectsTable } from './rejects-table.tsx'
import { RemoveScreening } from './remove-screening.tsx'
import { RunProgress } from './run-progress.tsx'
import { StatusMark } from './status-mark.tsx'
import { useScreening } from './use-screening.ts'

/** One screening: how it goes on, what it found, and what other figures would change. */
export default function ScreeningScreen() {
  const { w } = useWords()
  const { id = '' } = useParams()
  return (
    <Screen title={w.screenings.one.title}>
      <p>
        <Link href="/screenings">{w.screenings.back}</Link>
      </p>
      <BehindSignIn help={w.screenings.signedOutHelp}>
        {(asking) => <Watched asking={asking} id={id} />}
      </BehindSignIn>
    </Screen>
  )
}

function Watched({ asking, id }: { asking: Asking; id: string }) {
  const { w } = useWords()
  const { screening, error, lost, again } = useScreening(asking, id)
  const [, go] = useLocation()
  if (error !== null) return <Fault error={error} scopes="audit" again={again} />
  if (screening === null) return <Loading />
  const finished = screening.status === 'finished'
  return (
    <>
      <section className="card">
        <div className="row apart">
          <h2 style={{ margin: 0 }}>
            <StatusMark status={screening.status} />
          </h2>
          <RemoveScreening
            asking={asking}
            screening={screening}
            removed={() => (isUnfinished(screening) ? again() : go('/screenings'))}
          />
        </div>
        <Facts screening={screening} />
        <RunProgress screening={screening} />
        {lost && <p role="status">{w.screenings.one.lost}</p>}
        {screening.problem !== null && (
          <p role="alert">
            {w.screenings.one.failed} {screening.problem.detail}
          </p>
        )}
        {screening.status === 'cancelled' && <p role="status">{w.screenings.one.cancelled}</p>}
      </section>
      {(finished || isUnfinished(screening)) && <ColumnCheck screening={screening} />}
      {finished && (
        <>
          <RejectsTable asking={asking} screening={screening} />
          <Downloads asking={asking} screening={screening} />
          <ImpactView asking={asking} screening={screening} />
          {/* Last, because it is long. */}
          <OutcomeTable screening={screening} />
        </>
      )}
    </>
  )
}

function Facts({ screening }: { screening: Screening }) {
  const { w } = useWords()
  const { asOf, lines, files, startedBy, createdAt, keptUntil, counts } = screening
  return (
    <>
      <p>{w.screenings.one.about(asOf, countWord(lines), files.join(', '))}</p>
      {counts !== null && (
        <p>{w.screenings.one.counts(countWord(counts.households), countWord(counts.members))}</p>
      )}
      <p className="quiet">{w.screenings.one.by(startedBy, beijing(createdAt))}</p>
      {keptUntil !== null && screening.status === 'finished' && (
        <p className="quiet">{w.screenings.one.kept(beijing(keptUntil))}</p>
      )}
    </>
  )
}
