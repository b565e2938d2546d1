// What this application is called here.

/** The name that this deployment gives the app. It stands in the page, so that the name of another skin is nowhere in the app. */
export function appName(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content ?? document.title;
}
