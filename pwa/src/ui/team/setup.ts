// What every page about records, shifts and people needs to name things.
import type { Catalogue, WorkerView } from "../../generated/contract";
import { api } from "../../sync/console-api";
import type { Names } from "../console/names";

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
