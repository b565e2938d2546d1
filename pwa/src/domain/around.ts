// The circumstances that every record states: who, where, when, how.
import type { Captured, Catalogue, Mode, Setting } from "../generated/contract";

/** Where and how the worker is out, set once per service date or by the shift. */
export interface Place {
  site: string;
  mode: Mode;
  setting: Setting;
}

/** What a record takes from around its form. */
export interface Surroundings {
  worker: string;
  place: Place;
  serviceDate: string;
  captured: Captured;
  /** Record of the shift that is under way. */
  shift?: string;
}

/** The fields that every body begins with. */
export interface CommonBody {
  worker: string;
  catalogue: number;
  site: string;
  service_date: string;
  captured: Captured;
  shift?: string;
  mode: Mode;
  setting: Setting;
}

/** The circumstances as a body states them. */
export function commonOf(around: Surroundings, catalogue: Catalogue): CommonBody {
  return {
    worker: around.worker,
    catalogue: catalogue.version,
    site: around.place.site,
    service_date: around.serviceDate,
    captured: around.captured,
    ...(around.shift === undefined ? {} : { shift: around.shift }),
    mode: around.place.mode,
    setting: around.place.setting,
  };
}
