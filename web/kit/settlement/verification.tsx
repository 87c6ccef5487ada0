import { QRCode } from 'antd';

/** The code by which the holder of a slip or statement finds it again at the centre. */
export function Verification({ settlement_id }: { settlement_id: string }) {
  return (
    <QRCode
      value={`${location.origin}/citizen/visits/${settlement_id}`}
      type="svg"
      size={92}
      color="#000"
      bgColor="#fff"
      bordered={false}
    />
  );
}
