package spelling

import "strings"

// everyday are the words of everyday life and of people who ask, which papers
// hardly have: that a library does not know them says little.
var everyday = setOf("ai à ạ anh ấy ba bà bác bao bạn bây biết bố bị cả các cái cần chào chỉ cho chú chưa chứ có con còn cô của cũ cụ cũng dạ đã đang đâu đây đấy để đi đó được em gì giờ giúp " +
	"hay hả hỏi hôm khi không là làm lại lúc mà mất mấy mẹ mình mong mới muốn nào này nay năm nên nếu ngày nhà nhé nhiêu nhiều như nhờ nữa ông ơi phải qua ra rồi sao sau sẽ sự ta tại thế thì tháng thưa tôi từ và vào vẫn về vậy vì việc với vợ xin " +
	"ăn áo bánh báo bay bàn bán bắn bẩn bát bé bên bếp béo bò bóng bơi búa buồn bụng bút bữa cá cam canh cãi cào cạo cắn cắt cầm câu cậu cây cầu cha cháo cháu chạy chảy chăn chân chậm chật chém chén chè chết chị chim chín chó chơi chợ chồng chờ chở chua chùa chụp chuối chuột " +
	"cỏ cóc cổ cốc cơm cũi củi cua cuốc cuối cưới cười cưa cứng cửa dài dao dày dạy dắt dâu dầu dây dép dễ dì dọn dơ dưa dứa dừa đá đám đánh đau đắng đắt đầu đậu đen đẹp đèn đêm đói đỏ đồ đốt đũa đùa đùi đuôi đuổi đứa đứng đường " +
	"gà gạch gạo gãy gắn gặp gấu gầy gần ghế ghen ghét giày giặt giật giấy giận giết giếng gió giỏ giọng giỗ giường gọi gói gội gỗ gửi hát hái ham hè hẹn heo hét hiền ho hoa họ hoang hoặc hôn hồ hôi hồng hổ hú hút hư hứa " +
	"kem kéo kẹo kể kêu khách khát khăn khen khéo khóc khô khỏe khói khuya kia kính lá lạ lạc lái lạnh lau lắm lắc lấy leo lên lo lò lỗ lông lợn lớn lú lùn lụa lười lưng lưới lưỡi lừa lửa ly má mai mang máy màu mát mau may mặc mặn mặt mắt mắm măng mây mập mèo men mề mệt " +
	"mì mía miệng mò móng mỏ mỏng mỗi mồ môi mỡ mời mũ mũi múa mua mùa mùi mượn mưa nách nấm nấu nằm nắng nắm nặng nem nến nếp ngã ngà ngại ngõ ngon ngồi ngủ ngực người nghe nghèo nghỉ nghĩ nhai nhạc nhanh nhảy nhậu nhận nhẹ nhìn nhỏ nhổ nhớ nhựa nói nóng nồi nổ nợ nước " +
	"oi ốc ôm ồn ốm ổi ớt pháo phê phim phở phòng quán quanh quà quả quạt quần quê quen quét quên râu rau rằng rắn rách rạp rẻ rể rễ rừng ruộng ruột rửa rượu rơi rộng sách sạch sai sáng sân sâu sắt sấy sen sét sinh sợ sông sống sốt sớm súng suối sữa sửa " +
	"tai tay táo tắm tắt tặng tấm tên tết thang thăm thằng thấy thẻ thèm thích thịt thỏ thở thơ thơm thuê thuốc thuyền thùng thử thức tiếng tiền tiệc tiệm tỉnh to tóc tỏi toét tối tốt tờ trà trai trái trán tranh trăng trắng trẻ trên treo trèo trộm trống trôi trời trưa trứng trường " +
	"tủ túi tuổi tuyết tươi tưới uống ướt váy vải vàng vay vắng vẽ vé ví viết võ vỏ vỗ vở vớ vui vườn xa xác xài xanh xay xách xăng xào xăm xấu xe xé xem xinh xóm xoài xôi xuân xuống xương yên yêu yếu ý")

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
