import { useState } from 'react'
import { Route, Switch } from 'wouter'
import { Outdated } from '../answer/outdated.tsx'
import { HouseholdScreen } from '../household/household-screen.tsx'
import { useOutdated } from '../household/use-outdated.ts'
import { useWords } from '../words/use-words.ts'
import { Guarded } from './guarded.tsx'
import { lazyScreen } from './lazy-screen.tsx'
import { loadAnswerScreen, loadedAnswerScreen } from './load-answer-screen.ts'
import { Screen } from './screen.tsx'
import { BrokenScreen, Empty } from './states.tsx'

const LazyAnswerScreen = lazyScreen(loadAnswerScreen)
const LazyNoticeScreen = lazyScreen(() => import('../answer/notice-screen.tsx'))
const InterviewScreen = lazyScreen(() => import('../interview/interview-screen.tsx'))
const RulesScreen = lazyScreen(() => import('../rules/rules-screen.tsx'))
const ProgrammeScreen = lazyScreen(() => import('../rules/programme-screen.tsx'))
const DocumentsScreen = lazyScreen(() => import('../documents/documents-screen.tsx'))
const DocumentScreen = lazyScreen(() => import('../documents/document-screen.tsx'))
const DecisionsScreen = lazyScreen(() => import('../decisions/decisions-screen.tsx'))
const DecisionScreen = lazyScreen(() => import('../decisions/decision-screen.tsx'))
const RecalculationsScreen = lazyScreen(() => import('../decisions/recalculations-screen.tsx'))
const SignInScreen = lazyScreen(() => import('../sign-in/sign-in-screen.tsx'))
const ScreeningsScreen = lazyScreen(() => import('../screenings/screenings-screen.tsx'))
const ScreeningScreen = lazyScreen(() => import('../screenings/screening-screen.tsx'))

/** Every screen by its address after `#`; all but the first are fetched when opened. */
export function Routes() {
  return (
    <Switch>
      <Route path="/" component={FirstScreen} />
      <Route path="/answer" component={AnswerScreen} />
      <Route path="/notice/:city/:programme/:subject" component={NoticeScreen} />
      <Route path="/interview" component={InterviewScreen} />
      <Route path="/rules" component={RulesScreen} />
      <Route path="/rules/:city/:programme/:version?" component={ProgrammeScreen} />
      <Route path="/documents" component={DocumentsScreen} />
      <Route path="/documents/:id/:clause?" component={DocumentScreen} />
      <Route path="/decisions" component={DecisionsScreen} />
      <Route path="/decisions/:id" component={DecisionScreen} />
      <Route path="/recalculations" component={RecalculationsScreen} />
      <Route path="/screenings" component={ScreeningsScreen} />
      <Route path="/screenings/:id" component={ScreeningScreen} />
      <Route path="/sign-in" component={SignInScreen} />
      <Route component={NoScreen} />
    </Switch>
  )
}

const brokenScreen = (again: () => void) => <BrokenScreen again={again} />

function FirstScreen() {
  return (
    <Guarded instead={brokenScreen}>
      <HouseholdScreen />
    </Guarded>
  )
}

/** Shown at once where it was fetched ahead: even then React makes a lazy screen wait up to 300 ms. */
function AnswerScreen() {
  const [Shown] = useState(() => loadedAnswerScreen() ?? LazyAnswerScreen)
  return (
    <Guarded instead={brokenScreen}>
      <Shown />
    </Guarded>
  )
}

/** No notice of an answer that is about the household as it was before. */
function NoticeScreen() {
  const { w } = useWords()
  if (!useOutdated()) return <LazyNoticeScreen />
  return (
    <Screen title={w.notice.title}>
      <Outdated />
    </Screen>
  )
}

function NoScreen() {
  const { w } = useWords()
  return (
    <Screen title={w.name}>
      <Empty title={w.common.notFound} help={w.common.notFoundHelp} />
    </Screen>
  )
}
