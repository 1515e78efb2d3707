import { newOrderNumber } from '../../order-number';

type BeforeCreate = { params: { data: { number?: string | null } } };

/** A lifecycle rather than a controller, so that orders from the panel, REST and code all get a number. */
export default {
  beforeCreate({ params }: BeforeCreate): void {
    if (!params.data.number?.trim()) params.data.number = newOrderNumber();
  },
};
