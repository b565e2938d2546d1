// The debrief after a shift, or whenever a worker wants one: what happened, whether they want to talk, and how they are if they like to say.
import type { Debrief, HeavyEvent, WantsToTalk } from "../generated/contract";
import type { CommonBody } from "./around";

/** What was tapped; nothing of it is chosen beforehand. */
export interface DebriefDraft {
  heavy?: HeavyEvent | undefined;
  talk?: WantsToTalk | undefined;
  /** 1 bad to 5 good. */
  mood?: number | undefined;
}

/** Whether anything was said. */
export function saysSomething({ heavy, talk, mood }: DebriefDraft): boolean {
  return heavy !== undefined || talk !== undefined || mood !== undefined;
}

/** Whether it lacks its one answer that is no guess: something was said, but not whether the worker wants to talk. */
export function lacksTalk(draft: DebriefDraft): boolean {
  return saysSomething(draft) && draft.talk === undefined;
}

/** Whether the supervisor is pointed to it: then the worker should know. */
export function isPointedOut({ heavy, talk }: DebriefDraft): boolean {
  return (heavy !== undefined && heavy !== "none") || talk === "today";
}

/** The body of the debrief, once it says whether the worker wants to talk. */
export function debriefOf(common: CommonBody, { heavy, talk, mood }: DebriefDraft): Debrief | undefined {
  if (talk === undefined) return undefined;
  return { ...common, talk, ...(heavy === undefined ? {} : { heavy }), ...(mood === undefined ? {} : { mood }) };
}
