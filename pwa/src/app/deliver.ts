// Delivering the copy that another phone made, for the screens; nothing of it stays here.
export { deliverFile, type Delivered } from "../sync/deliver";
