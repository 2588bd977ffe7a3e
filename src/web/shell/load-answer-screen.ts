/** Fetches the answer's screen: ahead, while the household is still being filled in. */
export const loadAnswerScreen = () => import('../answer/answer-screen.tsx')
