// Adding somebody to this phone, whose code is loaded when somebody asks for it.
import { onDemand } from "../onDemand";

/** The sheet. */
export const AddPersonLater = onDemand(() => import("./AddPerson").then((parts) => parts.AddPerson));
