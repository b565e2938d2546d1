// What every page about records, shifts and people needs to name things.
import type { FieldSpec } from "../../domain/console/fields";
import type { Catalogue, WorkerView } from "../../generated/contract";
import { api } from "../../sync/console-api";
import type { Names } from "../console/names";
import { session } from "../console/session";

/** The catalogue and the team. */
export interface Setup extends Names {
  catalogue: Catalogue;
  workers: WorkerView[];
}

/** Fetches them. */
export async function loadSetup(): Promise<Setup> {
  const [catalogue, workers] = await Promise.all([api.catalogue(), api.workers()]);
  return { catalogue, workers, handles: new Map(workers.map((worker) => [worker.id, worker.handle])) };
}

/** Whether a field is for the eyes of who is logged in: a worker's mood is for their own supervisor. */
export function mayRead(field: FieldSpec): boolean {
  return field.personal !== true || session.value?.role === "supervisor";
}
