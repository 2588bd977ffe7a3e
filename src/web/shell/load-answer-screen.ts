let loaded: React.ComponentType | undefined

/** Fetches the answer's screen: ahead, while the household is still being filled in. */
export async function loadAnswerScreen(): Promise<{ readonly default: React.ComponentType }> {
  const screen = await import('../answer/answer-screen.tsx')
  loaded = screen.default
  return screen
}

/** Fetches it ahead; where that fails the screen itself says so when it is opened. */
export const fetchAnswerScreenAhead = () => void loadAnswerScreen().catch(() => {})

/** The answer's screen, once it has been fetched. */
export const loadedAnswerScreen = () => loaded
